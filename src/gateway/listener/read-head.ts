import type { DenialCode } from '../../contracts/errors/denials.ts';
import type { Exchange } from '../exchange.ts';
import type { HeaderAction, HeaderRules } from './header-rules.ts';
import { normaliseTarget } from './normalise-target.ts';

/**
 * Reads the request's head once: judges and sorts every header field into what the gateway itself needs and what goes
 * upstream, and normalises the target. Fills the exchange; returns a code when the head is not clear. Working on
 * `rawHeaders` keeps order, case and duplicates, and saves Node's own header object.
 */
export function readHead(x: Exchange, rules: HeaderRules, maxHeaderBytes: number): DenialCode | null {
  const raw = x.request.rawHeaders;
  const out = x.upstreamHeaders;
  let bytes = 0;
  let hosts = 0;
  let transferEncoding: string | null = null;
  let connection: string | null = null;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? '';
    const value = raw[i + 1] ?? '';
    bytes += name.length + value.length + 4;
    const action: HeaderAction = rules.actionFor(name);
    switch (action) {
      case 'forward':
        out.push(name, value);
        break;
      case 'drop':
        break;
      case 'host':
        hosts++;
        x.host = value;
        break;
      case 'api-key':
        if (x.apiKey !== null && x.apiKey !== value) return 'credential-ambiguous';
        x.apiKey = value;
        break;
      case 'authorization':
        if (x.authorization !== null) return 'header-ambiguous';
        x.authorization = value;
        break;
      case 'content-length':
        if (x.contentLength !== -1) return 'request-malformed';
        x.contentLength = Number(value);
        break;
      case 'content-type':
        if (x.contentType !== null) return 'header-ambiguous';
        x.contentType = value;
        out.push(name, value);
        break;
      case 'transfer-encoding':
        if (transferEncoding !== null) return 'request-malformed';
        transferEncoding = value;
        break;
      case 'connection':
        connection = connection === null ? value : `${connection},${value}`;
        break;
      case 'expect':
        if (value.toLowerCase() !== '100-continue') return 'expectation-failed';
        x.expectsContinue = true;
        break;
      case 'accept':
        if (value.includes('text/event-stream')) x.wantsEventStream = true;
        out.push(name, value);
        break;
      case 'forwarded-for':
        x.forwardedFor = x.forwardedFor === null ? value : `${x.forwardedFor}, ${value}`;
        break;
      case 'forwarded-proto':
        x.forwardedProto = value;
        break;
      case 'forwarded-host':
        x.forwardedHost = value;
        break;
    }
  }
  if (bytes > maxHeaderBytes) return 'headers-too-large';
  if (transferEncoding !== null) {
    if (x.contentLength !== -1 || transferEncoding.toLowerCase() !== 'chunked') return 'request-malformed';
    if (x.request.httpVersion === '1.0') return 'request-malformed';
    x.chunked = true;
  }
  if (hosts > 1 || (hosts === 0 && x.request.httpVersion !== '1.0') || !isHost(x.host)) return 'host-invalid';
  if (connection !== null && !isPlainConnection(connection)) x.upstreamHeaders = withoutNominated(out, connection);

  const target = normaliseTarget(x.request.url ?? '', x.host);
  if (typeof target === 'string') return target;
  x.path = target.path;
  x.query = target.query;
  x.decodedPath = target.decoded;
  x.encodedSlash = target.encodedSlash;
  return null;
}

/** `host` or `host:port` (RFC 9110 §7.2); empty is what an HTTP/1.0 client without Host amounts to. */
function isHost(host: string): boolean {
  return host === '' || /^(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host);
}

function isPlainConnection(value: string): boolean {
  return (
    value === 'keep-alive' || value === 'close' || value === 'Keep-Alive' || value === 'Upgrade' || value === 'upgrade'
  );
}

/** Drops the fields that Connection names as hop-by-hop (RFC 9110 §7.6.1): the caller's own only, ours are set later. */
function withoutNominated(headers: string[], connection: string): string[] {
  const nominated = new Set(connection.split(',').map((token) => token.trim().toLowerCase()));
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (!nominated.has(name.toLowerCase())) kept.push(name, headers[i + 1] ?? '');
  }
  return kept;
}
