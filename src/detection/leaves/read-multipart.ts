import type { PlaceNode } from '../leaf.ts';
import { decodeUrl } from '../peel/url.ts';
import { charsetOf } from './charset.ts';
import type { Reading } from './reading.ts';

const MOST_PARTS = 500;

/**
 * Parts of a multipart/form-data body (RFC 7578): names, file names, and what is no file. Files are left alone: their content is
 * the application's to judge, and pictures hold any bytes. `body` has one character per byte.
 */
export function readMultipart(reading: Reading, body: string, boundary: string, parent: PlaceNode): void {
  const mark = `--${boundary}`;
  let from = nextMark(body, mark, 0);
  if (from === -1) {
    reading.note('multipart-broken', 'body', body);
    reading.visit(utf8(body), 'text', 'value', parent, 'text');
    return;
  }
  outside(reading, body.slice(0, from), parent);
  const seen = new Map<string, true>();
  for (let count = 0; count < MOST_PARTS; count++) {
    const begin = from + mark.length;
    if (body.startsWith('--', begin)) {
      outside(reading, body.slice(begin + 2), parent);
      return;
    }
    const next = nextMark(body, mark, begin);
    readPart(reading, body.slice(begin, next === -1 ? body.length : next), parent, seen);
    if (next === -1) {
      reading.note('multipart-unended', 'body', body.slice(begin, begin + 80));
      return;
    }
    from = next;
  }
  reading.note('multipart-broken', 'body', `${MOST_PARTS} parts`);
  reading.visit(utf8(body.slice(from)), 'text', 'value', parent, 'text');
}

/** At the beginning of a line (RFC 2046 §5.1.1); elsewhere it belongs to the content. */
function nextMark(body: string, mark: string, from: number): number {
  let at = body.indexOf(mark, from);
  while (at > 0 && body.charCodeAt(at - 1) !== 0x0a) at = body.indexOf(mark, at + mark.length);
  return at;
}

/** What stands before the first part or behind the last is nobody's, or what somebody hopes that nobody reads. */
function outside(reading: Reading, text: string, parent: PlaceNode): void {
  if (text.trim() === '') return;
  reading.note('multipart-broken', 'body', text.trim());
  reading.visit(utf8(text), 'text', 'value', parent, 'text');
}

type Head = { name: string; file: string | null; charset: string };

function readPart(reading: Reading, part: string, parent: PlaceNode, seen: Map<string, true>): void {
  const blank = /\r?\n\r?\n/.exec(part);
  const content = blank === null ? '' : part.slice(blank.index + blank[0].length).replace(/\r?\n$/, '');
  const { name, file, charset } = readHead(reading, blank === null ? part : part.slice(0, blank.index), parent);
  if (file === null && name !== '' && seen.has(name) && !name.endsWith('[]'))
    reading.note('multipart-doubled-field', `body.${name}`, name);
  seen.set(name, true);
  if (name !== '') reading.visit(name, 'multipart', 'name', parent, name);
  if (file !== null && file !== '') reading.visit(file, 'multipart', 'value', parent, `${name}:filename`);
  else if (content !== '') reading.visit(decoded(content, charset), 'multipart', 'value', parent, name);
}

function readHead(reading: Reading, text: string, parent: PlaceNode): Head {
  const head: Head = { name: '', file: null, charset: '' };
  // A line that begins with a space goes on with the one before (obs-fold, RFC 9112 §5.2).
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (/^content-disposition[ \t]*:/i.test(line)) readDisposition(reading, line, head);
    else {
      if (/^content-type[ \t]*:/i.test(line)) head.charset = charsetOf(line);
      reading.visit(utf8(line), 'multipart', 'value', parent, 'part-header');
    }
  }
  return head;
}

const PARAMETER = /;[ \t]*([\w*-]{1,32})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g;

function readDisposition(reading: Reading, line: string, head: Head): void {
  const counts = { name: 0, filename: 0 };
  for (const [, key = '', quoted, bare] of line.matchAll(PARAMETER)) {
    const value = utf8(quoted === undefined ? (bare ?? '') : quoted.replace(/\\(["\\])/g, '$1'));
    const kind = key.toLowerCase();
    if (kind === 'name') {
      head.name = counts.name++ === 0 ? value : `${head.name}\n${value}`;
    } else if (kind === 'filename') {
      head.file = counts.filename++ === 0 ? joined(head.file, value) : `${head.file}\n${value}`;
    } else if (kind === 'filename*') {
      head.file = joined(head.file, decodeUrl(value.replace(/^[^']*'[^']*'/, '')).text);
    }
  }
  // Both spellings of one name are for old and new readers (RFC 6266 §4.3); one spelling twice is for two that differ.
  if (counts.name > 1 || counts.filename > 1) reading.note('filename-twice', 'body', line);
  if (/[\n\r\0]|;[ \t]*filename[ \t]*=[ \t]*"[^"]*$/i.test(line)) reading.note('multipart-broken', 'body', line);
}

function joined(before: string | null, value: string): string {
  return before === null || before === '' || before === value ? value : `${before}\n${value}`;
}

function decoded(bytes: string, charset: string): string {
  if (charset === '' || /^(?:utf-?8|us-ascii)$/.test(charset)) return utf8(bytes);
  try {
    return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return utf8(bytes);
  }
}

function utf8(bytes: string): string {
  for (let i = 0; i < bytes.length; i++)
    if (bytes.charCodeAt(i) > 127) return Buffer.from(bytes, 'latin1').toString('utf8');
  return bytes;
}
