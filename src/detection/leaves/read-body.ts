import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { BodyFormat } from './parsed-request.ts';
import { isGraphql, readGraphql } from './read-graphql.ts';
import { readJson } from './read-json.ts';
import { readMultipart } from './read-multipart.ts';
import { readPairs } from './read-pairs.ts';
import { readXml } from './read-xml.ts';
import type { Reading } from './reading.ts';
import { root } from './reading.ts';

const BODY = root('body');

export type ReadBody = { readonly format: BodyFormat; readonly text: string | null };

/**
 * @param mostBytes of a compressed body's content: beyond, it is a bomb, and noted as broken
 */
export function readBody(
  reading: Reading,
  body: Uint8Array,
  contentType: string | null,
  contentEncoding: string | null,
  mostBytes: number,
): ReadBody {
  const bytes = contentEncoding === null ? body : decompress(reading, body, contentEncoding, mostBytes);
  if (bytes.length === 0) return { format: 'none', text: null };
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '') reading.note('content-type-missing', 'header.content-type');
  if (type.startsWith('multipart/')) return multipart(reading, bytes, contentType ?? '');
  const looks = firstMark(bytes);
  if (BINARY.test(type) && looks === 'binary') return { format: 'binary', text: null };
  const text = decodeText(reading, bytes, contentType ?? '');
  const format = formatOf(type, text);
  if (format === 'binary') return { format, text: null };
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
      readJsonBody(reading, text);
      return;
    case 'form':
      // A form of one nameless field that is JSON is how simple requests are sent past a preflight.
      if (/^\s*[{[]/.test(text)) {
        reading.note('content-type-lies', 'header.content-type', type);
        readJson(reading, text, null, 'body');
      }
      readPairs(reading, text, 'form', BODY);
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

function readJsonBody(reading: Reading, text: string): void {
  const first = text.trimStart()[0];
  if (first !== undefined && !/[{["\d\-tfn/]/.test(first)) {
    reading.note('content-type-lies', 'header.content-type', text);
    if (first === '<') readXml(reading, text, BODY);
    else readPairs(reading, text, 'form', BODY);
    reading.visit(text, 'text', 'value', BODY, 'text');
    return;
  }
  const strict = readJson(reading, text, null, 'body');
  if (!strict && isGraphql(text)) readGraphql(reading, text, BODY, 'query');
}

function multipart(reading: Reading, bytes: Uint8Array, contentType: string): ReadBody {
  const boundaries = [...contentType.matchAll(/;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^;,\s]{1,200}))/gi)];
  if (boundaries.length > 1) reading.note('multipart-broken', 'header.content-type', contentType);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const boundary = boundaries[0]?.[1] ?? boundaries[0]?.[2];
  if (boundary === undefined) {
    reading.note('multipart-broken', 'header.content-type', contentType);
    reading.visit(text, 'text', 'value', BODY, 'text');
  } else readMultipart(reading, text, boundary, BODY);
  return { format: 'multipart', text: null };
}

function firstMark(bytes: Uint8Array): 'binary' | 'text' {
  const most = Math.min(bytes.length, 512);
  let odd = 0;
  for (let i = 0; i < most; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) odd++;
  }
  return odd * 50 > most ? 'binary' : 'text';
}

function decodeText(reading: Reading, bytes: Uint8Array, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1]?.toLowerCase() ?? '';
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (charset === '' || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii')
    return withoutMark(view.toString('utf8'));
  if (charset !== 'iso-8859-1' && charset !== 'windows-1252')
    reading.note('charset-odd', 'header.content-type', charset);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return withoutMark(view.toString('utf8'));
  }
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function decompress(reading: Reading, body: Uint8Array, encodings: string, mostBytes: number): Uint8Array {
  let bytes = body;
  for (const encoding of encodings
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .reverse()) {
    if (encoding === '' || encoding === 'identity') continue;
    const undo = UNDO[encoding];
    if (undo === undefined) {
      reading.note('encoding-unknown', 'header.content-encoding', encoding);
      return bytes;
    }
    try {
      bytes = undo(bytes, { maxOutputLength: mostBytes });
    } catch {
      reading.note('encoding-broken', 'header.content-encoding', encoding);
      return bytes;
    }
  }
  return bytes;
}

type Undo = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

const UNDO: Readonly<Record<string, Undo>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: (bytes, options) => {
    // Either with zlib's head (RFC 9110 §8.4.1.2) or without, as some clients send it.
    try {
      return inflateSync(bytes, options);
    } catch {
      return inflateRawSync(bytes, options);
    }
  },
  br: brotliDecompressSync,
};
