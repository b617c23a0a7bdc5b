import type { Reading } from './reading.ts';
import { root } from './reading.ts';

const HEADER = root('header');
const COOKIE = root('cookie');

/**
 * Headers whose values the HTTP grammar bounds, which the gateway has judged already, or which are secrets made of random
 * characters.
 */
const NOT_READ = new Set([
  'content-length',
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'sec-websocket-key',
  'dnt',
]);

export function readHeaders(reading: Reading, headers: readonly (readonly [string, string])[]): void {
  for (const [name, value] of headers) {
    if (name === 'cookie') readCookies(reading, value);
    else if (!NOT_READ.has(name)) reading.visit(value, 'header', 'value', HEADER, name);
  }
}

/** RFC 6265 §5.4; values keep their quotes and escapes, which are peeled like any other. */
function readCookies(reading: Reading, text: string): void {
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim();
    if (name === '') continue;
    reading.visit(name, 'cookie', 'name', COOKIE, name);
    if (equals !== -1) reading.visit(part.slice(equals + 1).trim(), 'cookie', 'value', COOKIE, name);
  }
}
