import { SIGN } from '../prefilter/signs.ts';
import { decodeBase64, decodeHex } from './base64.ts';
import { decodeHtmlEntities } from './html-entities.ts';
import { undisguise } from './lookalikes.ts';
import { decodeScriptEscapes } from './script-escapes.ts';
import { decodeUrl, isUrlEncoded } from './url.ts';

export type Layer = {
  readonly text: string;
  /** The encodings undone so far, outermost first. */
  readonly undone: readonly string[];
};

/** As many layers as any honest chain of programs puts on, and some. */
const MOST_ROUNDS = 5;
/** Signs without which nothing is wrapped, but for base64 and hex. */
const WRAPPED = SIGN.percent | SIGN.ampersand | SIGN.backslash | SIGN.nonAscii | SIGN.control;
const SHORTEST_CODE = 12;
/** Signs that no base64 or hex holds. */
const NO_CODE = ~(SIGN.slash | SIGN.equals | SIGN.digit | SIGN.dashes | SIGN.backslash) & 0x7fffffff;

/** Whether there is anything that {@link peel} would look at. */
export function mayBeWrapped(text: string, signs: number): boolean {
  return (signs & WRAPPED) !== 0 || (text.length >= SHORTEST_CODE && (signs & NO_CODE) === 0);
}

/** The text with its encodings undone, one layer after another, without the text itself. Mostly empty. */
export function peel(text: string, signs: number): readonly Layer[] {
  if (!mayBeWrapped(text, signs)) return NONE;
  if ((signs & WRAPPED) === 0) return unwrapped(text);
  const layers: Layer[] = [];
  let current = text;
  let undone: readonly string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [next, names] = peelOnce(current);
    if (next === current) break;
    current = next;
    undone = [...undone, ...names];
    layers.push({ text: current, undone });
  }
  const code = decodeBase64(current) ?? decodeHex(current);
  if (code !== null) layers.push({ text: code, undone: [...undone, 'base64'] });
  return layers;
}

const NONE: readonly Layer[] = [];

function unwrapped(text: string): readonly Layer[] {
  const base64 = decodeBase64(text);
  if (base64 !== null) return [{ text: base64, undone: ['base64'] }, ...deeper(base64, 'base64')];
  const hex = decodeHex(text);
  return hex === null ? NONE : [{ text: hex, undone: ['hex'] }, ...deeper(hex, 'hex')];
}

function deeper(text: string, name: string): readonly Layer[] {
  const [next, names] = peelOnce(text);
  return next === text ? NONE : [{ text: next, undone: [name, ...names] }];
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
  if (BEYOND_PLAIN.test(current)) step('lookalikes', undisguise(current));
  return [current, names];
}
