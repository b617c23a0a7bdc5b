import type { PlaceNode } from '../leaf.ts';
import type { Reading } from './reading.ts';

const DOCUMENT = /^\s*(?:\{\s*[A-Za-z_.]|(?:query|mutation|subscription|fragment)\b[^{]{0,2000}\{)/;
const STRING = /"""([\s\S]*?)"""|"((?:[^"\\\n]|\\.)*)"/g;

/** Whether a text is a GraphQL document by its beginning. */
export function isGraphql(text: string): boolean {
  return DOCUMENT.test(text);
}

/** Visits the string values within a GraphQL document; the document itself is judged as a whole. */
export function readGraphql(
  reading: Reading,
  text: string,
  parent: PlaceNode | null,
  key: string,
  place: string,
): void {
  reading.graphql.push({ place, text });
  for (const [, block, line] of text.matchAll(STRING)) {
    const value = block ?? line?.replace(/\\(["\\/])/g, '$1') ?? '';
    if (value !== '') reading.visit(value, 'graphql', 'value', parent, key);
  }
}
