import { CONFIDENCE } from '../../evidence.ts';
import type { ParsedRequest } from '../../leaves/parsed-request.ts';
import { type Finding, finding, type HeaderCheck } from './finding.ts';

/** Methods of HTTP, of WebDAV and of calendars. */
const HONEST = new Set([
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY'],
  ...['MOVE', 'LOCK', 'UNLOCK', 'REPORT', 'SEARCH', 'MKCALENDAR', 'ACL', 'LINK', 'UNLINK', 'BIND', 'PURGE', 'MERGE'],
]);
const READS = /^(?:GET|HEAD|OPTIONS)$/i;
/** Methods that show or do what no caller of an API may want. */
const DANGEROUS = /^(?:TRACE|TRACK|CONNECT|DEBUG)$/i;
const CHANGES = /^(?:POST|PUT|PATCH|DELETE|MERGE)$/i;

export function checkMethod({ method }: ParsedRequest): Finding | null {
  if (HONEST.has(method)) return null;
  if (DANGEROUS.test(method)) return finding('method-dangerous', CONFIDENCE.likely);
  if (/[^A-Z-]/i.test(method)) return finding('method-broken', CONFIDENCE.certain);
  return finding('method-unknown', HONEST.has(method.toUpperCase()) ? CONFIDENCE.possible : CONFIDENCE.likely);
}

/** A client that can send no PATCH says so in a POST. What begins as reading and becomes a change goes past rules for methods. */
export const checkOverride: HeaderCheck = (value, request) => judgeOverride(value, request.method);

export function judgeOverride(value: string, method: string): Finding | null {
  const wanted = value.trim();
  if (wanted === '' || wanted.toUpperCase() === method.toUpperCase()) return null;
  if (DANGEROUS.test(wanted) || /[^A-Za-z-]/.test(wanted)) return finding('method-override-odd', CONFIDENCE.likely);
  if (READS.test(method) && CHANGES.test(wanted)) return finding('method-override', CONFIDENCE.likely);
  return finding('method-override', HONEST.has(wanted.toUpperCase()) ? CONFIDENCE.weak : CONFIDENCE.possible);
}

const OVERRIDE_PARAMETER = /(?:^|&)(?:_method|x-http-method-override|_httpmethod)=([^&]{0,40})/i;

export function checkOverrideParameter({ method, query }: ParsedRequest): Finding | null {
  const wanted = query === '' ? undefined : OVERRIDE_PARAMETER.exec(query)?.[1];
  return wanted === undefined ? null : judgeOverride(wanted, method);
}
