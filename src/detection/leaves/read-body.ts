import { decodeText } from './charset.ts';
import { undoCodings } from './content-coding.ts';
import { isJsonText } from './is-json.ts';
import type { BodyFormat } from './parsed-request.ts';
import { isGraphql, readGraphql } from './read-graphql.ts';
import { readJson } from './read-json.ts';
import { readMultipart } from './read-multipart.ts';
import { readPairs } from './read-pairs.ts';
import { readXml } from './read-xml.ts';
import { type Reading, root } from './reading.ts';

const BODY = root('body');
const CONTENT_TYPE = 'header.content-type';

export type ReadBody = { readonly format: BodyFormat; readonly text: string | null };

/**
 * @param mostBytes of a compressed body's content: beyond, it is a bomb, and noted
 */
export function readBody(
  reading: Reading,
  body: Uint8Array,
  contentType: string | null,
  contentEncoding: string | null,
  mostBytes: number,
): ReadBody {
  const bytes = contentEncoding === null ? body : undoCodings(reading, body, contentEncoding, mostBytes);
  if (bytes.length === 0) return { format: 'none', text: null };
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '') reading.note('content-type-missing', CONTENT_TYPE);
  if (type.startsWith('multipart/')) return multipart(reading, bytes, contentType ?? '');
  if (BINARY.test(type) && isBinary(bytes)) return { format: 'binary', text: null };
  const text = decodeText(reading, bytes, contentType ?? '');
  const format = formatOf(type, text);
  if (format === 'text' && isBinary(bytes)) return { format: 'binary', text: null };
  read(reading, text, format, type);
  return { format, text };
}

const BINARY =
  /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|x-protobuf|protobuf|grpc|msgpack|vnd\.ms-|vnd\.openxml|wasm)/;

function formatOf(type: string, text: string): BodyFormat {
  if (/[/+]json\b|^application\/(?:x-)?ndjson|^text\/json/.test(type)) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (/[/+]xml\b/.test(type)) return 'xml';
  if (type === 'application/graphql') return 'graphql';
  const first = text.trimStart().slice(0, 1);
  if (first === '{' || first === '[') return 'json';
  if (first === '<' && type !== 'text/plain' && type !== 'text/html') return 'xml';
  if (type === '' && /^[\w.[\]%+-]{1,100}=/.test(text)) return 'form';
  return 'text';
}

function read(reading: Reading, text: string, format: BodyFormat, type: string): void {
  switch (format) {
    case 'json':
      readJsonBody(reading, text, type);
      return;
    case 'form':
      readForm(reading, text, type);
      return;
    case 'xml':
      readXml(reading, text, BODY);
      return;
    case 'graphql':
      readGraphql(reading, text, BODY, 'query');
      return;
    default:
      reading.visit(text, 'text', 'value', BODY, 'text');
  }
}

/** A form of one nameless field that is JSON is how simple requests are sent past a preflight. */
function readForm(reading: Reading, text: string, type: string): void {
  if (/^\s*[{[]/.test(text)) {
    if (isJsonText(text.trim())) {
      reading.note('content-type-lies', CONTENT_TYPE, type);
      readJson(reading, text, null, 'body');
      return;
    }
    readJson(reading, text, null, 'body');
  } else if (/^\s*<[?!a-z]/i.test(text)) {
    reading.note('content-type-lies', CONTENT_TYPE, text);
    readXml(reading, text, BODY);
  }
  readPairs(reading, text, 'form', BODY);
}

function readJsonBody(reading: Reading, text: string, type: string): void {
  const first = text.trimStart()[0];
  if (first !== undefined && !/[{["\d\-tfn/]/.test(first)) {
    if (isGraphql(text)) readGraphql(reading, text, BODY, 'query');
    else {
      reading.note('content-type-lies', CONTENT_TYPE, text);
      if (first === '<') readXml(reading, text, BODY);
      else readPairs(reading, text, 'form', BODY);
      reading.visit(text, 'text', 'value', BODY, 'text');
    }
    return;
  }
  if (/ndjson|jsonl|json-seq|stream\+json/.test(type)) {
    readLines(reading, text);
    return;
  }
  const strict = readJson(reading, text, null, 'body');
  if (!strict && isGraphql(text)) readGraphql(reading, text, BODY, 'query');
}

/** One JSON value a line. */
function readLines(reading: Reading, text: string): void {
  let index = 0;
  for (const line of text.replaceAll('\u001e', '').split('\n')) {
    if (line.trim() !== '') readJson(reading, line, BODY, index++);
  }
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^;,\s]{1,200}))/gi;

function multipart(reading: Reading, bytes: Uint8Array, contentType: string): ReadBody {
  const boundaries = [...contentType.matchAll(BOUNDARY)];
  const boundary = boundaries[0]?.[1] ?? boundaries[0]?.[2];
  if (boundaries.length !== 1) reading.note('multipart-boundary', CONTENT_TYPE, contentType);
  // One character for each byte, so that what is in a file can be passed over.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (boundary === undefined) reading.visit(text, 'text', 'value', BODY, 'text');
  else readMultipart(reading, text, boundary, BODY);
  // Which of several boundaries holds is anybody's guess: another's parts are looked at as well.
  const other = boundaries[1]?.[1] ?? boundaries[1]?.[2];
  if (other !== undefined && other !== boundary) readMultipart(reading, text, other, BODY);
  return { format: 'multipart', text: null };
}

/** Control characters among the first bytes. */
function isBinary(bytes: Uint8Array): boolean {
  const most = Math.min(bytes.length, 512);
  let odd = 0;
  for (let i = 0; i < most; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) odd++;
  }
  return odd * 50 > most;
}
