import type { ServerResponse } from 'node:http';

export type Done = (() => void) | null;
export type Piece = { chunk: unknown; encoding: BufferEncoding | undefined; done: Done };

/** The arguments of `response.write(chunk[, encoding][, callback])`. */
export function writeArguments([chunk, second, third]: unknown[]): Piece {
  return {
    chunk,
    encoding: typeof second === 'string' ? (second as BufferEncoding) : undefined,
    done: callback(second) ?? callback(third),
  };
}

/** The arguments of `response.end([chunk[, encoding]][, callback])`. */
export function endArguments(args: unknown[]): Piece {
  return typeof args[0] === 'function' ? writeArguments([undefined, args[0]]) : writeArguments(args);
}

function callback(value: unknown): Done {
  return typeof value === 'function' ? (value as () => void) : null;
}

/** Throws what Node throws for content that is neither text nor bytes. */
export function toBytes(chunk: unknown, encoding: BufferEncoding | undefined): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw Object.assign(new TypeError('The content of an answer must be a string, a Buffer or a Uint8Array.'), {
    code: 'ERR_INVALID_ARG_TYPE',
  });
}

/** Puts what `writeHead(status[, message][, headers])` was given where single fields can still be changed. */
export function mergeHead(response: ServerResponse, args: unknown[]): void {
  const [status, second, third] = args;
  response.statusCode = Number(status);
  if (typeof second === 'string') response.statusMessage = second;
  const headers = typeof second === 'string' ? third : (second ?? third);
  if (Array.isArray(headers)) mergeList(response, headers);
  else if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) response.setHeader(name, value as string);
    }
  }
}

/** `[name, value, …]`, or a list of pairs; a name that stands there twice is sent twice. */
function mergeList(response: ServerResponse, headers: unknown[]): void {
  const flat = Array.isArray(headers[0]) ? headers.flat(1) : headers;
  for (let i = 0; i < flat.length; i += 2) response.removeHeader(String(flat[i]));
  for (let i = 0; i < flat.length; i += 2) response.appendHeader(String(flat[i]), flat[i + 1] as string);
}
