import { CONFIDENCE } from '../../evidence.ts';
import { finding, type HeaderCheck } from './finding.ts';

/** Headers that the next hop takes away when `Connection` names them: and with them what an application relies on. */
const NEEDED_BEHIND =
  /^(?:x-forwarded-\w+|x-real-ip|forwarded|authorization|cookie|host|content-length|content-type|x-api-key|x-request-id|x-auth[\w-]*|x-user[\w-]*|via)$/i;

export const checkConnection: HeaderCheck = (value) =>
  value.split(',', 50).some((option) => NEEDED_BEHIND.test(option.trim()))
    ? finding('hop-by-hop-abuse', CONFIDENCE.likely)
    : null;

/** RFC 9110 §10.1.1 knows one expectation. */
export const checkExpect: HeaderCheck = (value) =>
  /^\s*100-continue\s*$/i.test(value) ? null : finding('expect-odd', CONFIDENCE.likely);

export const checkTransferEncoding: HeaderCheck = (value, { headers }) => {
  if (!/^\s*(?:(?:gzip|deflate)\s*,\s*)?chunked\s*$/i.test(value))
    return finding('transfer-encoding-odd', CONFIDENCE.likely);
  return headers.some(([name]) => name === 'content-length') ? finding('length-and-chunked', CONFIDENCE.likely) : null;
};

export const checkContentLength: HeaderCheck = (value, { headers }) => {
  if (!/^\d{1,15}$/.test(value.trim())) return finding('content-length-odd', CONFIDENCE.likely);
  const all = headers.filter(([name]) => name === 'content-length');
  return all.some(([, other]) => other.trim() !== value.trim())
    ? finding('content-length-odd', CONFIDENCE.certain)
    : null;
};

const HOST = /^(?:[\w.-]{1,255}|\[[0-9a-f:.]{2,60}\])(?::\d{0,5})?$/i;

export const checkHost: HeaderCheck = (value, { headers }) => {
  if (headers.filter(([name]) => name === 'host').length > 1) return finding('host-twice', CONFIDENCE.likely);
  return value === '' || HOST.test(value) ? null : finding('host-odd', CONFIDENCE.likely);
};

export const checkMaxForwards: HeaderCheck = (_, { method }) =>
  /^(?:TRACE|OPTIONS)$/.test(method) ? null : finding('max-forwards', CONFIDENCE.possible);

/** The old cookies of RFC 2965: with `$Version=1`, some servers take what is in quotes for one value (RFC 6265 §5.4 does not). */
export const checkCookie: HeaderCheck = (value) =>
  /^\s*\$Version\s*=\s*"?1/i.test(value) && /=\s*\\?"[^"]{0,4096};/.test(value)
    ? finding('cookie-version-quotes', CONFIDENCE.likely)
    : null;
