import { decodeUrl } from '../peel/url.ts';
import type { Reading } from './reading.ts';
import { root } from './reading.ts';

const PLAIN = /^[\w\-./~@:,+]*$/;
/** A slash that the router does not see: the segment holds a path of its own. */
const HIDDEN_SLASH = /%(?:2f|5c)/i;
const PATH = root('path');

/** The path as a whole, for what climbs from folder to folder, and its segments where one of them holds more than a name. */
export function readPath(reading: Reading, path: string): void {
  const { text, overlong } = decodeUrl(path);
  if (overlong) reading.note('overlong-utf8', 'path', path);
  reading.visit(text, 'path', 'value', PATH, 'whole');
  if (PLAIN.test(text) && !HIDDEN_SLASH.test(path)) return;
  const segments = path.split('/');
  for (let i = 0; i < segments.length; i++) {
    const segment = decodeUrl(segments[i] ?? '').text;
    if (segment !== '' && segment.length < text.length - 1) reading.visit(segment, 'path', 'value', PATH, i);
  }
}
