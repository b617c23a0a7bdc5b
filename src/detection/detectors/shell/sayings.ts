import { KIND, SPACE } from './glance-characters.ts';
import { isKnownName } from './level.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Names that begin a clause as well, and do nothing with words alone. */
const CLAUSES: ReadonlySet<string> = words(`
  if for then do else time date find look view test sort cut join split mail at call start set get fetch host history last free users
  groups who watch read help talk write label format color title copy move paste fold tree make as perf`);
/** Those that read what they are given: three words are a clause, one may be a file. */
const READING: ReadonlySet<string> = words('more less head type cat tail ll print comment file info');
/** Words of cmd.exe's conditions. */
const CONDITIONS: ReadonlySet<string> = words('not exist defined errorlevel cmdextversion equ neq lss leq gtr geq in');
const ENOUGH_WORDS = 3;
const LONGEST_WORD = 32;

/**
 * Whether the name at a place is the beginning of a clause in some language: capitalised or a word of English, with nothing but words
 * behind it. For texts without a slash, in which no file can be named.
 */
export function isSaying(text: string, start: number, end: number): boolean {
  const raw = text.slice(start, end);
  if (raw.length > LONGEST_WORD || !/^[A-Za-z][a-z]+$/.test(raw) || isSubstituted(text, start)) return false;
  const isCapitalised = raw.charCodeAt(0) < 0x61 && !/^(?:Dir|Type|Net)$/.test(raw);
  const name = raw.toLowerCase();
  if (!isCapitalised && !CLAUSES.has(name) && !READING.has(name)) return false;
  const count = plainWords(text, end);
  if (count < 0) return false;
  return isCapitalised || count >= (READING.has(name) ? ENOUGH_WORDS : 1);
}

/** Where nothing but a command stands. */
function isSubstituted(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && text.charCodeAt(at) <= 0x20) at--;
  return (
    at >= 0 && ('`(<>'.includes(text[at] as string) || (text[at] === text[at - 1] && '|&'.includes(text[at] as string)))
  );
}

/** How many words follow in the command, counted to three; -1 when something else is among them. */
function plainWords(text: string, from: number): number {
  let at = from;
  for (let count = 0; ; count++) {
    while (at < text.length && ((KIND[text.charCodeAt(at) & 127] as number) & SPACE) !== 0 && text.charCodeAt(at) < 128)
      at++;
    if (count === ENOUGH_WORDS || at >= text.length || ';|&\n\r'.includes(text[at] as string)) return count;
    const word = /^[^\s;|&]{1,32}/.exec(text.slice(at, at + LONGEST_WORD))?.[0] ?? '';
    // `time ifconfig`: names that run the next one.
    if (!PLAIN.test(word) || CONDITIONS.has(word.toLowerCase()) || (count === 0 && isKnownName(word))) return -1;
    at += word.length;
  }
}

const PLAIN = /^\p{L}[\p{L}'’-]{0,30}[.,:!?]{0,3}$/u;
