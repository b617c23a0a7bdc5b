import { CONFIDENCE } from '../../evidence.ts';
import type { ParsedRequest } from '../../leaves/parsed-request.ts';
import { type Finding, finding } from './finding.ts';

const AUTHORITY = /^[a-z][a-z0-9+.-]{0,20}:\/\/([^/?#]*)/i;
/** A path parameter that hides two dots from whoever compares paths (Tomcat takes it away, proxies do not). */
const HIDDEN_DOTS = /(?:^|\/)\.{1,2};|;\/\.\.|\/\.\.%3b/i;
const LINE_BREAK = /%0[ad]|[\r\n]/i;
const NUL = /%00|\0/;
/** A step up behind or before a slash that is encoded, or no slash. */
const ENCODED_CLIMB = /(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:\\|%2f|%5c)|(?:\\|%2f|%5c)(?:\.|%2e){2}(?:[/\\]|%2f|%5c|$)/i;

/** The request's path: forms that proxies and applications read differently. */
export function checkTarget({ path, method, headers }: ParsedRequest): Finding | null {
  if (path.startsWith('/') || path === '*') return judgePath(path);
  if (method === 'CONNECT') return null;
  const authority = AUTHORITY.exec(path)?.[1];
  if (authority === undefined) return finding('target-odd', CONFIDENCE.likely);
  const host = headers.find(([name]) => name === 'host')?.[1] ?? '';
  if (authority.includes('@')) return finding('absolute-target-odd', CONFIDENCE.certain);
  // RFC 9112 §3.2.2: the absolute form wins over Host, and not everybody knows.
  return authority.toLowerCase() === host.toLowerCase() ? null : finding('absolute-target', CONFIDENCE.likely);
}

function judgePath(path: string): Finding | null {
  if (!/[%;\\\p{Cc}]/u.test(path)) return null;
  if (HIDDEN_DOTS.test(path)) return finding('path-parameter-dots', CONFIDENCE.likely);
  if (LINE_BREAK.test(path)) return finding('path-line-break', CONFIDENCE.likely);
  if (NUL.test(path)) return finding('path-nul', CONFIDENCE.certain);
  return ENCODED_CLIMB.test(path) ? finding('path-encoded-climb', CONFIDENCE.likely) : null;
}

/** A socket before an address, at a reverse proxy that reads it so (CVE-2021-40438). */
const UNIX_SOCKET = /^unix(?::|%3a)[^&|]{0,4096}(?:\||%7c)/i;
const SESSION_NAME =
  /(?:^|&)(?:jsessionid|phpsessid|aspsessionid\w{0,12}|asp\.net_sessionid|cfid|cftoken|sessionid|session_id|sid)=[^&]{6}/i;

export function checkQuery({ query, headers }: ParsedRequest): Finding | null {
  if (query === '') return null;
  if (UNIX_SOCKET.test(query)) return finding('unix-socket-target', CONFIDENCE.certain);
  return SESSION_NAME.test(query) && comesFromElsewhere(headers)
    ? finding('session-fixation', CONFIDENCE.likely)
    : null;
}

/** A link on somebody else's page that carries the session which the visitor is to use. */
function comesFromElsewhere(headers: ParsedRequest['headers']): boolean {
  const referer = headers.find(([name]) => name === 'referer')?.[1];
  const host = headers
    .find(([name]) => name === 'host')?.[1]
    ?.toLowerCase()
    .replace(/:\d+$/, '');
  const from = referer === undefined ? undefined : /^https?:\/\/([^/:?#]{1,255})/i.exec(referer)?.[1]?.toLowerCase();
  if (from === undefined || host === undefined || host === '') return false;
  return from !== host && !from.endsWith(`.${host}`) && !host.endsWith(`.${from}`);
}
