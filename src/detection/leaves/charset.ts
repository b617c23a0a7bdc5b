import type { Reading } from './reading.ts';

const PLACE = 'header.content-type';
/** What nearly everybody sends, and what old programs still do. */
const USUAL = /^(?:utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|latin1|windows-125\d|cp125\d)$/;

/**
 * A body's text: by the charset it names, else by its byte order mark or its zero bytes (RFC 4627 §3: readers of JSON find out by
 * themselves), else UTF-8.
 */
export function decodeText(reading: Reading, bytes: Uint8Array, contentType: string): string {
  const named = charsetOf(contentType);
  if (named !== '' && !USUAL.test(named)) reading.note('charset-odd', PLACE, named);
  const found = wideCharset(bytes);
  if (found !== null) {
    if (!named.startsWith('utf-16') && !named.startsWith('utf-32')) reading.note('charset-odd', PLACE, found);
    return decodeWide(bytes, found);
  }
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (named === '' || /^(?:utf-?8|us-ascii|ascii)$/.test(named)) return withoutMark(view.toString('utf8'));
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return withoutMark(view.toString('utf8'));
  }
}

/** The charset that a media type names, in lower case; empty without one. */
export function charsetOf(contentType: string): string {
  return /;\s*charset\s*=\s*["']?([\w.:+-]{1,40})/i.exec(contentType)?.[1]?.toLowerCase() ?? '';
}

type Wide = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** By the mark at the beginning, or by where the zero bytes of the first two characters are. */
function wideCharset(bytes: Uint8Array): Wide | null {
  if (bytes.length < 4) return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be';
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : null;
}

function decodeWide(bytes: Uint8Array, charset: Wide): string {
  if (charset === 'utf-16le' || charset === 'utf-16be') return withoutMark(new TextDecoder(charset).decode(bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const characters: string[] = [];
  for (let at = 0; at + 3 < bytes.length; at += 4) {
    const code = view.getUint32(at, charset === 'utf-32le');
    characters.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));
  }
  return withoutMark(characters.join(''));
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
