import type { PlaceNode } from '../leaf.ts';
import { decodeUrl } from '../peel/url.ts';
import type { Reading } from './reading.ts';

const MOST_PARTS = 500;

/**
 * Parts of a multipart/form-data body (RFC 7578): names, file names, and what is no file. Files are left alone: their content is
 * the application's to judge, and pictures hold any bytes. `body` has one character per byte.
 */
export function readMultipart(reading: Reading, body: string, boundary: string, parent: PlaceNode): void {
  const mark = `--${boundary}`;
  let from = body.indexOf(mark);
  if (from === -1) {
    reading.note('multipart-broken', 'body', body);
    reading.visit(body, 'text', 'value', parent, 'body');
    return;
  }
  const seen = new Map<string, true>();
  for (let count = 0; count < MOST_PARTS; count++) {
    const begin = from + mark.length;
    if (body.startsWith('--', begin)) return;
    const next = body.indexOf(mark, begin);
    if (next === -1) reading.note('multipart-broken', 'body', body.slice(begin, begin + 80));
    readPart(reading, body.slice(begin, next === -1 ? body.length : next), parent, seen);
    if (next === -1) return;
    from = next;
  }
  reading.note('multipart-broken', 'body');
}

function readPart(reading: Reading, part: string, parent: PlaceNode, seen: Map<string, true>): void {
  const blank = /\r?\n\r?\n/.exec(part);
  const head = blank === null ? part : part.slice(0, blank.index);
  const content = blank === null ? '' : part.slice(blank.index + blank[0].length).replace(/\r?\n$/, '');
  let name = '';
  let file: string | null = null;
  for (const line of head.split(/\r?\n/)) {
    if (!/^content-disposition[ \t]*:/i.test(line)) {
      if (line.trim() !== '') reading.visit(utf8(line), 'multipart', 'value', parent, 'part-header');
      continue;
    }
    for (const [, key = '', quoted, bare] of line.matchAll(PARAMETER)) {
      const value = utf8(quoted === undefined ? (bare ?? '') : quoted.replace(/\\(["\\])/g, '$1'));
      const kind = key.toLowerCase();
      if (kind === 'name') name = value;
      else if (kind === 'filename') file = file === null ? value : doubled(reading, file, value);
      else if (kind === 'filename*') file = decodeUrl(value.replace(/^[^']*'[^']*'/, '')).text;
    }
  }
  if (seen.has(name) && !name.endsWith('[]')) reading.note('multipart-doubled-field', `body.${name}`);
  seen.set(name, true);
  if (name !== '') reading.visit(name, 'multipart', 'name', parent, name);
  if (file !== null && file !== '') reading.visit(file, 'multipart', 'value', parent, `${name}:filename`);
  else if (content !== '') reading.visit(utf8(content), 'multipart', 'value', parent, name);
}

const PARAMETER = /;[ \t]*([\w*-]{1,32})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g;

function doubled(reading: Reading, first: string, second: string): string {
  reading.note('multipart-doubled-field', 'body', `${first} ${second}`);
  return `${first}\n${second}`;
}

function utf8(bytes: string): string {
  for (let i = 0; i < bytes.length; i++)
    if (bytes.charCodeAt(i) > 127) return Buffer.from(bytes, 'latin1').toString('utf8');
  return bytes;
}
