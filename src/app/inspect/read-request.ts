import type { InspectedRequest } from '../../detection/index.ts';
import { AppError } from '../../platform/app-error.ts';

/** One request as JSON: `{"method":"POST","path":"/search?q=1","headers":{"X-A":"1"},"body":"…"}`. */
type JsonRequest = {
  method?: unknown;
  path?: unknown;
  target?: unknown;
  headers?: unknown;
  body?: unknown;
};

/**
 * Reads a request from a text: raw HTTP (request line, header fields, an empty line, the body) or a JSON object. Throws
 * `AppError('request-unreadable')`.
 */
export function readRequest(bytes: Buffer): InspectedRequest {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  return text.trimStart().startsWith('{') ? fromJson(text) : fromHttp(bytes);
}

function fromJson(text: string): InspectedRequest {
  let value: JsonRequest;
  try {
    value = JSON.parse(text) as JsonRequest;
  } catch (error) {
    throw unreadable(`It begins like JSON and is none: ${(error as Error).message}`);
  }
  const target = value.target ?? value.path;
  if (typeof target !== 'string') throw unreadable('It names no "path".');
  const headers = headersOf(value.headers);
  const { body } = value;
  if (body === undefined || body === null)
    return { method: methodOf(value.method, 'GET'), target, headers, body: null };
  const isText = typeof body === 'string';
  if (!headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type') && !isText) {
    headers.push('Content-Type', 'application/json');
  }
  const bytes = Buffer.from(isText ? body : JSON.stringify(body));
  return { method: methodOf(value.method, 'POST'), target, headers, body: bytes };
}

function methodOf(method: unknown, otherwise: string): string {
  return typeof method === 'string' && method !== '' ? method : otherwise;
}

/** An object of names and values, or a flat list of them in turn. */
function headersOf(headers: unknown): string[] {
  if (Array.isArray(headers)) return headers.map(String);
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => [name, String(one)]),
  );
}

function fromHttp(bytes: Buffer): InspectedRequest {
  const { head, body } = split(bytes);
  const [line = '', ...fields] = head.split(/\r?\n/);
  const parts = /^([!#$%&'*+.^_`|~\w-]+) (.+?)(?: HTTP\/\d(?:\.\d)?)?$/.exec(line.trim());
  if (parts === null) throw unreadable(`Its first line is no request line: "${line.slice(0, 60)}"`);
  const headers: string[] = [];
  for (const field of fields) {
    if (field === '') continue;
    const colon = field.indexOf(':');
    if (colon < 1) throw unreadable(`A line of its head is no header field: "${field.slice(0, 60)}"`);
    headers.push(field.slice(0, colon).trim(), field.slice(colon + 1).trim());
  }
  return { method: parts[1] ?? '', target: parts[2] ?? '', headers, body: body.length === 0 ? null : body };
}

/** At the first empty line; editors write line feeds where HTTP asks for CRLF. */
function split(bytes: Buffer): { head: string; body: Buffer } {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  const isCrlf = crlf !== -1 && (lf === -1 || crlf < lf);
  const at = isCrlf ? crlf : lf;
  if (at === -1) return { head: bytes.toString('utf8').trimEnd(), body: Buffer.alloc(0) };
  return { head: bytes.toString('utf8', 0, at), body: bytes.subarray(at + (isCrlf ? 4 : 2)) };
}

function unreadable(message: string): AppError {
  return new AppError('request-unreadable', `This is no request that can be read. ${message}`, {
    next: 'Write a request line such as "GET /search?q=1 HTTP/1.1", header fields, an empty line and the body; or one JSON object with method, path, headers and body.',
  });
}
