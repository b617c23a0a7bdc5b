import { CONFIDENCE } from '../../evidence.ts';
import { type Finding, finding, type HeaderCheck } from './finding.ts';

/** What proxies say of a caller. Private addresses are honest there; marks that no address or name holds are not. */

const NO_ADDRESS = /["'<>(){}$;\\`|]/;
const LOOPBACK =
  /(?:^|[\s,="[])(?:127(?:\.\d{1,3}){1,3}|0\.0\.0\.0|::1|localhost|0x7f[0-9a-f.]{0,12}|2130706433|017700000001)(?=$|[\s,;:"\]])/i;
const INTERNAL = /^(?:127\.\d|169\.254\.|0\.0\.0\.0|localhost\b|\[?::1|metadata\.)/i;
const MOST_HOPS = 30;

export const checkForwardedFor: HeaderCheck = (value) => {
  if (NO_ADDRESS.test(value)) return finding('forwarded-for-marks', CONFIDENCE.likely);
  if (value.split(',', MOST_HOPS + 1).length > MOST_HOPS) return finding('forwarded-for-flood', CONFIDENCE.likely);
  return LOOPBACK.test(value) ? finding('forwarded-for-loopback', CONFIDENCE.weak) : null;
};

/** `Forwarded` has quotes and semicolons of its own (RFC 7239). */
export const checkForwarded: HeaderCheck = (value) =>
  /[<>(){}$\\`|']/.test(value) ? finding('forwarded-marks', CONFIDENCE.likely) : null;

/** Only what calls itself this or that proxy sends these, and only to claim to be somebody near. */
export const checkClaimedAddress: HeaderCheck = (value) => {
  if (NO_ADDRESS.test(value)) return finding('claimed-address-marks', CONFIDENCE.likely);
  return LOOPBACK.test(value) ? finding('claimed-address-loopback', CONFIDENCE.likely) : null;
};

export const checkRealIp: HeaderCheck = (value) =>
  NO_ADDRESS.test(value) ? finding('claimed-address-marks', CONFIDENCE.likely) : null;

/** A host with a port, or several with commas; behind caches what is more ends in other people's pages. */
const HOSTS =
  /^[\w.-]{1,255}(?::\d{1,5})?(?:\s*,\s*[\w.-]{1,255}(?::\d{1,5})?){0,9}$|^\[[0-9a-f:.]{2,60}\](?::\d{1,5})?$/i;

export const checkForwardedHost: HeaderCheck = (value, { headers }) => {
  const text = value.trim();
  if (text === '') return null;
  if (!HOSTS.test(text)) return finding('forwarded-host-odd', CONFIDENCE.likely);
  if (!INTERNAL.test(text)) return null;
  const host = headers.find(([name]) => name === 'host')?.[1] ?? '';
  return INTERNAL.test(host) || isPrivateName(host) ? null : finding('forwarded-host-internal', CONFIDENCE.likely);
};

function isPrivateName(host: string): boolean {
  return host === '' || /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host) || !host.includes('.');
}

export const checkForwardedScheme: HeaderCheck = (value) =>
  /^(?:https?|wss?|on|off)?(?:\s*,\s*(?:https?|wss?))*$/i.test(value.trim())
    ? null
    : finding('forwarded-scheme-odd', CONFIDENCE.likely);

export const checkForwardedPort: HeaderCheck = (value) =>
  /^[\d, ]{0,200}$/.test(value) ? null : finding('forwarded-port-odd', CONFIDENCE.likely);

export const checkForwardedPrefix: HeaderCheck = (value) =>
  /^\/{2}|\.\.|:\/\/|[<>"'\\\s]/.test(value.trim()) ? finding('forwarded-prefix-odd', CONFIDENCE.likely) : null;

/** Paths that some servers take instead of the request's own: past every rule that was held against that one. */
export const checkOriginalUrl: HeaderCheck = (value, { path, query }): Finding | null => {
  const own = query === '' ? path : `${path}?${query}`;
  const claimed = value.trim().replace(/^https?:\/\/[^/]*/i, '');
  return claimed === own || claimed === path ? null : finding('other-url', CONFIDENCE.likely);
};
