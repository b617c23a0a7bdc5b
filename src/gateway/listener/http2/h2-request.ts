import { Http2ServerRequest } from 'node:http2';

const COLON = 0x3a;

/**
 * A request that came by HTTP/2, with a head as HTTP/1.1 would have written it: what the gateway judges it judges in one place
 * and one form (listener/read-head.ts). Node's HTTP/2 has refused by then what RFC 9113 §8.2 forbids outright: names in upper
 * case, fields about the connection, TE other than "trailers", pseudo-header fields that are missing, doubled or misplaced.
 */
export class H2Request extends Http2ServerRequest {
  constructor(...[stream, headers, options, fields]: ConstructorParameters<typeof Http2ServerRequest>) {
    super(stream, headers, options, asHttp1(fields, !stream.endAfterHeaders));
  }
}

/**
 * The flat list of fields in HTTP/1.1's form. `:authority` becomes Host; a Host that says something else stays beside it and is
 * refused as doubled (RFC 9113 §8.3.1). Crumbs of Cookie are joined (§8.2.3). A body of unknown length is what HTTP/1.1 calls
 * chunked.
 */
export function asHttp1(fields: readonly string[], hasBody: boolean): string[] {
  const head: string[] = [];
  let authority: string | null = null;
  let cookie: string | null = null;
  let sized = false;
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? '';
    const value = fields[i + 1] ?? '';
    if (name.charCodeAt(0) === COLON) {
      if (name === ':authority') authority = value;
    } else if (name === 'cookie') {
      cookie = cookie === null ? value : `${cookie}; ${value}`;
    } else if (name !== 'host' || value.toLowerCase() !== authority?.toLowerCase()) {
      if (name === 'content-length') sized = true;
      head.push(name, value);
    }
  }
  if (authority !== null) head.push('host', authority);
  if (cookie !== null) head.push('cookie', cookie);
  if (hasBody && !sized) head.push('transfer-encoding', 'chunked');
  return head;
}
