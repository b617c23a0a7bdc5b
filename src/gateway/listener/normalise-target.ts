import type { DenialCode } from '../../contracts/errors/denials.ts';

/** A request target that can be read in one way only. `path` and `query` are byte for byte what the upstream gets. */
export type Target = {
  path: string;
  /** With its "?", or empty. */
  query: string;
  /** The path with percent-encoding undone once: what routing and policies judge. Encoded slashes stay as they are. */
  decoded: string;
  /** It holds an encoded slash or backslash: some applications take it for a slash, so only routes that say so let it in. */
  encodedSlash: boolean;
};

const MAX_TARGET_LENGTH = 8192;
const PERCENT = 0x25;
const SLASH = 0x2f;
const DOT = 0x2e;

/** Characters that stand for themselves in a path (RFC 3986 §3.3 pchar and "/"), indexed by code. */
const PLAIN = new Uint8Array(128);
for (const c of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/") {
  PLAIN[c.charCodeAt(0)] = 1;
}

/**
 * Splits and judges a request target (RFC 9112 §3.2). Refuses what two parsers may read differently: dot segments in any
 * encoding and with `;` parameters, doubled slashes, double encoding, control characters,
 * raw non-ASCII bytes, and percent-encoding that is broken or not UTF-8. `host` is needed for the absolute form, whose
 * authority must be the Host header's.
 */
export function normaliseTarget(url: string, host: string): Target | DenialCode {
  if (url.length > MAX_TARGET_LENGTH) return 'path-too-long';
  let target = url;
  if (target.charCodeAt(0) !== SLASH) {
    const origin = originForm(target, host);
    if (origin === null) return 'request-malformed';
    target = origin;
  }
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark);
  if (query !== '' && !isCleanQuery(query)) return 'request-malformed';

  let encoded = false;
  let previous = 0;
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === PERCENT) encoded = true;
    else if (code > 127 || PLAIN[code] === 0) {
      // Square brackets, quotes and the like are common in real clients' paths and read the same by all.
      if (code < 0x21 || code > 0x7e || code === 0x5c || code === 0x23) return 'path-ambiguous';
    }
    if (code === SLASH && previous === SLASH) return 'path-ambiguous';
    previous = code;
  }
  const whole = encoded ? decodeOnce(path) : path;
  if (whole === null || hasDotSegment(whole)) return 'path-ambiguous';
  if (!encoded || !/%(?:2f|5c)/i.test(path)) return { path, query, decoded: whole, encodedSlash: false };
  // However the application reads it, as a slash or as a character of a name: no reading may climb or double.
  if (hasDotSegment(whole.replaceAll('\\', '/')) || /[/\\]{2}/.test(whole)) return 'path-ambiguous';
  return { path, query, decoded: decodeURIComponent(path.replace(/%(2f|5c)/gi, '%25$1')), encodedSlash: true };
}

/** Undoes percent-encoding once; null when the result would be ambiguous or is not UTF-8. */
function decodeOnce(path: string): string | null {
  if (/%(?:[01][0-9a-f]|7f)/i.test(path)) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  // What is still percent-encoded would be something else to whoever decodes twice.
  return /%[0-9a-f]{2}/i.test(decoded) ? null : decoded;
}

/** Whether a segment is "." or "..", alone or with parameters ("..;x"), as servlet containers strip these. */
function hasDotSegment(path: string): boolean {
  let start = path.indexOf('/.');
  while (start !== -1) {
    let end = start + 2;
    if (path.charCodeAt(end) === DOT) end++;
    const next = path[end];
    if (next === undefined || next === '/' || next === ';') return true;
    start = path.indexOf('/.', end);
  }
  return path.includes('/;');
}

/** Printable ASCII without "#", and whole percent-encodings are left to the application; control bytes and spaces never. */
function isCleanQuery(query: string): boolean {
  for (let i = 0; i < query.length; i++) {
    const code = query.charCodeAt(i);
    if (code < 0x21 || code === 0x7f || code === 0x23) return false;
  }
  return true;
}

/** `http://host/path` as `/path` when its authority is the Host header's (RFC 9112 §3.2.2); otherwise null. */
function originForm(target: string, host: string): string | null {
  const match = /^https?:\/\/([^/?#@]+)(\/[^#]*|\?[^#]*)?$/i.exec(target);
  if (match === null || match[1]?.toLowerCase() !== host.toLowerCase()) return null;
  const rest = match[2] ?? '/';
  return rest.startsWith('?') ? `/${rest}` : rest;
}
