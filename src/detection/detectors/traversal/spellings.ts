/**
 * Spellings of dots and slashes that no standard knows but some reader accepts, and that survive the peeling of encodings: hex digits
 * read without a check, bytes of UTF-8 that cannot be there (RFC 3629 §3), numbers left over where a filter took the percent sign.
 */
export type Unspelled = {
  readonly text: string;
  /** Whether anything was spelled oddly. */
  readonly odd: boolean;
};

/** Stands for a pair of bytes that no reader agrees about. Two in a row are dots, one alone is a slash. */
const UNCLEAR = '\uffff';

/** The text with dots and slashes as themselves. Linear. */
export function unspell(text: string): Unspelled {
  if (!ODD.test(text)) return { text, odd: false };
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const found = spelledAt(text, at);
    if (found === null) {
      at++;
      continue;
    }
    out += text.slice(from, at) + found.means;
    at += found.length;
    from = at;
  }
  out += text.slice(from);
  if (out.includes(UNCLEAR)) out = out.replaceAll(UNCLEAR + UNCLEAR, '..').replaceAll(UNCLEAR, '/');
  for (const [bare, means] of BARE) if (out.includes(`..${bare}`)) out = out.replaceAll(bare, means);
  return { text: out, odd: out !== text };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters between dots are one of the tricks
const ODD = /[\0-\x08%\xc0\xc1\ue000-\uf8ff]|0x[25]|\.\.(?:2f|5c)/i;
/** What is left of `%2f` and `%5c` where a filter took the percent sign. */
const BARE = [
  ['2f', '/'],
  ['2F', '/'],
  ['5c', '\\'],
  ['5C', '\\'],
] as const;

type Spelled = { readonly means: string; readonly length: number };

function spelledAt(text: string, at: number): Spelled | null {
  const code = text.charCodeAt(at);
  if (code < 9) return { means: '', length: 1 };
  if (code === 0x30) return hexNumberAt(text, at);
  // Private use characters that old code pages map to separators.
  if (code >= 0xe000 && code <= 0xf8ff) return { means: '/', length: 1 };
  if (code === 0x25 && (text.charCodeAt(at + 1) | 0x20) === 0x75) return privateUseAt(text, at);
  const [byte, length] = byteAt(text, at);
  if (byte === 0xc0 || byte === 0xc1) return overlongAt(text, at, byte, length);
  const means = code === 0x25 ? meaningOf(byte) : null;
  return means === null ? null : { means, length };
}

/** A byte written as itself, as `%XY` with digits that may lie beyond F, or as `%X%Y`; -1 where there is none. */
function byteAt(text: string, at: number): readonly [byte: number, length: number] {
  const code = text.charCodeAt(at);
  if (code !== 0x25) return [code <= 0xff ? code : -1, 1];
  const split = text.charCodeAt(at + 2) === 0x25;
  const high = looseDigit(text.charCodeAt(at + 1));
  const low = looseDigit(text.charCodeAt(at + (split ? 3 : 2)));
  return high < 0 || low < 0 ? [-1, 1] : [(high * 16 + low) & 0xff, split ? 4 : 3];
}

function hexNumberAt(text: string, at: number): Spelled | null {
  if ((text.charCodeAt(at + 1) | 0x20) !== 0x78) return null;
  const means = meaningOf(Number.parseInt(text.slice(at + 2, at + 4), 16));
  return means === null ? null : { means, length: 4 };
}

function privateUseAt(text: string, at: number): Spelled | null {
  const unit = Number.parseInt(text.slice(at + 2, at + 6), 16);
  return unit >= 0xe000 && unit <= 0xf8ff ? { means: '/', length: 6 } : null;
}

/** C0 and C1 begin no character of UTF-8: with them a reader that adds up bits can be made to see any ASCII character. */
function overlongAt(text: string, at: number, lead: number, length: number): Spelled | null {
  const [byte, more] = byteAt(text, at + length);
  if (!(byte > 0) || byte === 0x20 || (byte >= 9 && byte <= 13)) return null;
  if (length === 1 && isLetter(byte)) return null;
  const means = meaningOf(byte) ?? meaningOf(((lead & 1) << 6) | (byte & 0x3f)) ?? UNCLEAR;
  return { means, length: length + more };
}

function meaningOf(byte: number): string | null {
  return byte === 0x2e ? '.' : byte === 0x2f ? '/' : byte === 0x5c ? '\\' : null;
}

function looseDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? letter - 0x57 : -1;
}

/** Capitals with À before them are words: DÉJÀ VU. */
function isLetter(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code === 0xc9 || code === 0xe9 || code === 0xe8 || code === 0xc8;
}
