/**
 * What becomes of each request header field. Names are judged in their canonical form: lower case, "_" and "." as "-", as
 * some servers and CGI gateways read these as one (GHSA-5m6w-wvh7-57vm): a spoofed `X_Nightlatch.Consumer` must not get
 * through where `X-Nightlatch-Consumer` does not.
 */
export type HeaderAction =
  | 'forward'
  | 'drop'
  | 'host'
  | 'api-key'
  | 'authorization'
  | 'content-length'
  | 'content-type'
  | 'transfer-encoding'
  | 'connection'
  | 'expect'
  | 'accept'
  | 'forwarded-for'
  | 'forwarded-proto'
  | 'forwarded-host';

export type HeaderRules = { actionFor(name: string): HeaderAction };

/** Fields with a meaning to the gateway, by their exact name in lower case. */
const READ: Readonly<Record<string, HeaderAction>> = {
  host: 'host',
  'x-api-key': 'api-key',
  authorization: 'authorization',
  'content-length': 'content-length',
  'content-type': 'content-type',
  'transfer-encoding': 'transfer-encoding',
  connection: 'connection',
  expect: 'expect',
  accept: 'accept',
  'x-forwarded-for': 'forwarded-for',
  'x-forwarded-proto': 'forwarded-proto',
  'x-forwarded-host': 'forwarded-host',
};

/** Never from the caller to the upstream, in any spelling: hop-by-hop (RFC 9110 §7.6.1), and what only a proxy may say. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy',
  'te',
  'trailer',
  'trailers',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'http2-settings',
  'expect',
  'host',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'x-request-id',
]);

/** Attackers choose names: the memory of judged names stays bounded. */
const MAX_REMEMBERED = 2048;

/** Rules for a snapshot: `identityNames` are the configured identity header names. */
export function createHeaderRules(identityNames: readonly string[]): HeaderRules {
  const dropped = new Set([...DROPPED, ...identityNames.map(canonical)]);
  const remembered = new Map<string, HeaderAction>();
  const judge = (name: string): HeaderAction => {
    const lower = name.toLowerCase();
    const read = READ[lower];
    if (read !== undefined) return read;
    const form = canonical(lower);
    if (dropped.has(form) || form.startsWith('x-forwarded-') || form.startsWith('x-nightlatch-')) return 'drop';
    return 'forward';
  };
  return {
    actionFor(name) {
      let action = remembered.get(name);
      if (action === undefined) {
        action = judge(name);
        if (remembered.size < MAX_REMEMBERED) remembered.set(name, action);
      }
      return action;
    },
  };
}

/** Names that some server reads as the same are the same. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}
