import { SIGN } from '../prefilter/signs.ts';
import { decodeBase64, decodeHex } from './base64.ts';
import { decodeDataUrls, decodeTokenParts } from './embedded-base64.ts';
import { decodeHtmlEntities } from './html-entities.ts';
import { undisguise, withoutUnseen } from './lookalikes.ts';
import { decodeScriptEscapes } from './script-escapes.ts';
import { decodeUrl, isUrlEncoded } from './url.ts';
import { decodeUtf7, mayBeUtf7 } from './utf7.ts';

export type Layer = {
  readonly text: string;
  /** The encodings undone so far, outermost first. */
  readonly undone: readonly string[];
};

/** As many layers as any honest chain of programs puts on, and some. */
const MOST_ROUNDS = 7;
/** Base64 in base64 …: as deep as it is unwrapped. */
const MOST_WRAPS = 3;
/** Signs without which nothing is wrapped, but for base64, hex and UTF-7. */
const WRAPPED = SIGN.percent | SIGN.ampersand | SIGN.backslash | SIGN.nonAscii | SIGN.control;
/** Signs that no base64 or hex holds. */
const NO_CODE = ~(SIGN.slash | SIGN.equals | SIGN.digit | SIGN.dashes | SIGN.backslash) & 0x7fffffff;

/** What UTF-7, tokens and `data:` addresses cannot do without, whatever the case of its letters. */
export const WRAP_HINTS: readonly string[] = ['+a', ' ad', 'eyj', ';base64,'];

/** Whether there is anything that {@link peel} would look at. `hinted`: the text holds one of {@link WRAP_HINTS}. */
export function mayBeWrapped(length: number, signs: number, hinted: boolean): boolean {
  if (length < SHORTEST) return false;
  if (hinted || (signs & WRAPPED) !== 0) return true;
  return (signs & NO_CODE) === 0 && length >= SHORTEST_CODE;
}

/** The text with its encodings undone, one layer after another, without the text itself; for what {@link mayBeWrapped}. Mostly empty. */
export function peel(text: string, signs: number): readonly Layer[] {
  const isWrapped = (signs & WRAPPED) !== 0;
  const isCode = (signs & NO_CODE) === 0;
  const layers: Layer[] = [];
  let current = text;
  let undone: readonly string[] = [];
  if (isWrapped || mayBeUtf7(text)) {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const [next, names] = peelOnce(current);
      if (next === current) break;
      current = next;
      undone = [...undone, ...names];
      layers.push({ text: current, undone });
    }
  }
  if (isCode || isWrapped) unwrap(current, undone, layers);
  embedded(current, undone, layers);
  return layers;
}

/** `%3c` and `&lt` are the shortest wraps there are. */
const SHORTEST = 3;
const SHORTEST_CODE = 12;

/** Base64 or hex around everything, as often as it is there, and what was wrapped inside it. */
function unwrap(text: string, before: readonly string[], layers: Layer[]): void {
  let current = text;
  let undone = before;
  for (let wrap = 0; wrap < MOST_WRAPS; wrap++) {
    const base64 = decodeBase64(current);
    const inner = base64 ?? decodeHex(current);
    if (inner === null) return;
    undone = [...undone, base64 === null ? 'hex' : 'base64'];
    layers.push({ text: inner, undone });
    const [next, names] = peelOnce(inner);
    if (next !== inner) {
      undone = [...undone, ...names];
      layers.push({ text: next, undone });
    }
    current = next;
  }
}

function embedded(text: string, undone: readonly string[], layers: Layer[]): void {
  const held = decodeDataUrls(text);
  if (held !== null) layers.push({ text: held, undone: [...undone, 'base64'] });
  for (const part of decodeTokenParts(text)) layers.push({ text: part, undone: [...undone, 'base64'] });
}

const BEYOND_PLAIN = /[^\n\r\t\x20-\x7e]/;

function peelOnce(text: string): [string, string[]] {
  const names: string[] = [];
  let current = text;
  const step = (name: string, next: string): void => {
    if (next === current) return;
    names.push(name);
    current = next;
  };
  if (isUrlEncoded(current)) step('url', decodeUrl(current).text);
  if (current.includes('&')) step('html', decodeHtmlEntities(current));
  if (current.includes('\\')) step('escapes', decodeScriptEscapes(current));
  if (mayBeUtf7(current)) step('utf-7', decodeUtf7(current));
  // In rounds of their own: what nobody sees may be what it is about, such as a NUL that ends a file's name.
  if (names.length === 0 && BEYOND_PLAIN.test(current)) {
    step('lookalikes', undisguise(current));
    if (names.length === 0) step('unseen', withoutUnseen(current));
  }
  return [current, names];
}
