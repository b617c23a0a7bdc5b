import { type PlaceNode, placeOf } from '../leaf.ts';
import { GraphqlTokens, TOKEN } from './graphql-tokens.ts';
import type { Reading } from './reading.ts';

const DOCUMENT = /^[\s,\ufeff]*(?:#|\{[\s,]*(?:[A-Za-z_#}]|\.\.\.)|(?:query|mutation|subscription|fragment)\b[^{]*\{)/;

/** Whether a text is a GraphQL document by its beginning. */
export function isGraphql(text: string): boolean {
  return DOCUMENT.test(text);
}

/**
 * Visits the string values and the comments within a GraphQL document; the document itself is judged as a whole. What begins like one
 * and then is none is some other program's text, and is visited too.
 */
export function readGraphql(reading: Reading, text: string, parent: PlaceNode | null, key: string | number): void {
  reading.graphql.push({ place: placeOf(parent, key), text });
  const tokens = new GraphqlTokens(text);
  let depth = 0;
  let previous = 0;
  while (tokens.next()) {
    if (tokens.kind === TOKEN.text || tokens.kind === TOKEN.comment) {
      const value = contentOf(tokens);
      if (value !== '') reading.visit(value, 'graphql', 'value', parent, key);
    }
    const code = tokens.kind === TOKEN.mark ? tokens.code : 0;
    if (code === OPEN) {
      depth++;
      // A selection always belongs to a name, and `{{` to some template.
      if (previous === OPEN) tokens.broken = true;
    } else if (code === CLOSE) depth--;
    else if (depth === 0 && tokens.kind === TOKEN.text) tokens.broken = true;
    previous = code;
  }
  if (tokens.broken || depth !== 0) reading.visit(text, 'text', 'value', parent, key);
}

const OPEN = 0x7b;
const CLOSE = 0x7d;

function contentOf({ kind, word }: GraphqlTokens): string {
  if (kind === TOKEN.comment) return word.slice(1).trim();
  if (word.startsWith('"""')) return word.slice(3, word.length > 5 && word.endsWith('"""') ? -3 : undefined).trim();
  return word.slice(1, word.length > 1 && word.endsWith('"') ? -1 : undefined).replace(ESCAPE, unescaped);
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;

function unescaped(_: string, unit?: string, other?: string): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  return { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[other ?? ''] ?? other ?? '';
}
