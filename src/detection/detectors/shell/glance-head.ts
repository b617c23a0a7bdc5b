import { expandBraces } from './braces.ts';
import { KIND, SPECIAL } from './glance-characters.ts';
import { isCommandGlob, isNameGlob } from './globs.ts';
import { isKnownName } from './level.ts';

/** What a word is that stands where a command's name stands. */
export const HEAD = {
  other: 0,
  /** The name of a command, or spelt so that it could be one. */
  command: 1,
  /** An assignment, or nothing: the name comes behind it. */
  before: 2,
} as const;
export type Head = (typeof HEAD)[keyof typeof HEAD];

const LONGEST = 96;
const ASSIGNMENT = /^[A-Za-z_]\w{0,63}\+?=/;
const PRICE = /^[^$]{0,4}\$\d[\d.,]{0,12}[!?:%+-]{0,3}$/;
const DRIVE = /^.{0,2}[a-z]:[\\/]/i;
const SYSTEM = /bin\/|system32|win\w{2,6}\\/i;
const SPLITTING = /['"\\^]+/g;

export function judgeHead(text: string, start: number, end: number): Head {
  const last = Math.min(end, start + LONGEST);
  let kinds = 0;
  for (let at = start; at < last; at++) {
    const code = text.charCodeAt(at);
    if (code < 128) kinds |= KIND[code] as number;
  }
  const word = text.slice(start, last);
  if (isCutByTick(text, end)) return HEAD.command;
  if ((kinds & SPECIAL) === 0) return isKnownName(word) ? HEAD.command : HEAD.other;
  return judgeSpelt(word, text);
}

/** PowerShell's backtick inside a name, or a substitution that comes to nothing. */
function isCutByTick(text: string, end: number): boolean {
  return text[end] === '`' && /^[a-z0-9]`[a-z0-9`$]/i.test(text.slice(end - 1, end + 2));
}

function judgeSpelt(raw: string, text: string): Head {
  const lineBreak = raw.search(/\\[nr]/);
  // A line break that stands as an escape.
  if (lineBreak >= 0) {
    const behind = raw.slice(lineBreak + 2);
    if (isNamed(raw.slice(0, lineBreak), text) || (behind !== '' && judgeSpelt(behind, text) === HEAD.command))
      return HEAD.command;
  }
  if (raw.includes('$')) {
    if (PRICE.test(raw) || (ASSIGNMENT.test(raw) && !/\$\D/.test(raw))) return HEAD.before;
    if (/\$.|.\$$/.test(raw) && !/^[A-Z]{1,3}\$$/.test(raw)) return HEAD.command;
  }
  if (raw === '{') return HEAD.before;
  if (DRIVE.test(raw) || SYSTEM.test(raw)) return HEAD.command;
  if (isNamed(raw, text)) return HEAD.command;
  return ASSIGNMENT.test(raw) ? HEAD.before : HEAD.other;
}

function isNamed(raw: string, text: string): boolean {
  const whole = raw.replace(SPLITTING, '');
  const word = (whole.includes('{') ? (expandBraces(whole)[0] ?? whole) : whole).replace(/^@/, '');
  if (isKnownName(word) || isNameGlob(word) || isCommandGlob(word)) return true;
  if (SYSTEM.test(word)) return true;
  // `cmd/c`, `if/i`.
  const slash = word.indexOf('/');
  if (slash > 0 && isKnownName(word.slice(0, slash))) return true;
  if (!word.includes('+') || text.includes(' ')) return false;
  return isKnownName(word.replace(/^\++/, '').split('+', 1)[0] as string);
}
