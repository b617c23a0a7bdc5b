import { SIGN } from '../../prefilter/signs.ts';
import { END, KIND, OPENER, REDIRECT, SPACE } from './glance-characters.ts';
import { HEAD, judgeHead } from './glance-head.ts';
import { isSaying } from './sayings.ts';

/** `'i'+'ex'`, as PowerShell joins names. */
const JOINED_NAME = /['"]\s{0,4}\+\s{0,4}['"]/;
/** A path with a pattern in it, from the root. */
const GLOBBED_FILE = /(?:^|[\s;|&()'"=])\/[^\s<>]{0,60}[?*[]/;
/** `/e't'c/pas$@swd`. */
const HIDDEN_FILE = /e[^\sa-z/]{0,8}t[^\sa-z/]{0,8}c[^\sa-z/]{0,8}\/\S{0,8}[psh]/i;
const QUOTES = SIGN.quote | SIGN.doubleQuote;
const HIDING = QUOTES | SIGN.backslash | SIGN.dollar | SIGN.backtick;
const GLOBBING = SIGN.star | SIGN.bracket;

/**
 * Whether a text has no command in it, seen in one pass and without reading it as a shell does: a command's name stands at the start
 * or behind an operator, and whatever it is spelt with stands there too. Takes a text for harmful rather than for harmless.
 */
export function isPlainlyHarmless(text: string, signs: number): boolean {
  if (hidesSomewhere(text, signs)) return false;
  const isFlat = (signs & (SIGN.slash | SIGN.backslash)) === 0;
  let at = passHead(text, 0, isFlat);
  if (at >= 0 && (signs & SIGN.quote) !== 0 && passHead(text, text.indexOf("'") + 1, isFlat) < 0) return false;
  while (at >= 0 && at < text.length) {
    const code = text.charCodeAt(at++);
    if (code > 127 || ((KIND[code] as number) & OPENER) === 0) continue;
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at);
      if (next !== LOWER_N && next !== LOWER_R) continue;
      at++;
    } else if (code === OPEN_BRACE && at < text.length && !/\s/.test(text[at] as string)) continue;
    at = passHead(text, at, isFlat);
  }
  return at >= 0;
}

const BACKSLASH = 0x5c;
const LOWER_N = 0x6e;
const LOWER_R = 0x72;
const OPEN_BRACE = 0x7b;

function hidesSomewhere(text: string, signs: number): boolean {
  if ((signs & SIGN.percent) !== 0 && text.includes(':~')) return true;
  if ((signs & SIGN.dollar) !== 0 && (signs & SIGN.quote) !== 0 && text.includes("$'")) return true;
  if ((signs & (SIGN.less | SIGN.greater)) !== 0 && text.includes('()')) return true;
  if ((signs & QUOTES) !== 0 && text.includes('+') && JOINED_NAME.test(text)) return true;
  if ((signs & SIGN.slash) === 0) return false;
  if (((signs & GLOBBING) !== 0 || text.includes('?')) && GLOBBED_FILE.test(text)) return true;
  return (signs & HIDING) !== 0 && HIDDEN_FILE.test(text);
}

/** Reads the words that can be a command's name; -1 when one is, or may be, and else where to go on. */
function passHead(text: string, from: number, isFlat: boolean): number {
  let at = from;
  // A redirection before the name takes a word of its own.
  let words = 1;
  while (words > 0 && at < text.length) {
    const code = text.charCodeAt(at);
    const kind = code > 127 ? 0 : (KIND[code] as number);
    if ((kind & SPACE) !== 0) {
      at++;
      continue;
    }
    if ((kind & REDIRECT) !== 0) {
      words = 2;
      at++;
      continue;
    }
    if ((kind & END) !== 0) return at;
    const end = endOfWord(text, at);
    const head = judgeHead(text, at, end);
    if (head === HEAD.command && !(isFlat && isSaying(text, at, end))) return -1;
    const isDescriptor = end === at + 1 && ((KIND[text.charCodeAt(end) & 127] as number) & REDIRECT) !== 0;
    if (head !== HEAD.before && !isDescriptor) words--;
    at = end;
  }
  return at;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 128 && ((KIND[code] as number) & (SPACE | END | REDIRECT)) !== 0) break;
    at++;
  }
  return at;
}
