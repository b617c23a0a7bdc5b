import { type Finding, likely } from './finding.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import { CATALOGUE, COMMON, DANGEROUS, METADATA } from './words.ts';

/** Functions that are words of people, too: "date(s)", "count(ry)". */
const ALSO_WORDS = new Set(
  'date time year day month left right count sum min max position space rank field format insert values password user choose power sign length schema row repeat reverse replace quarter version std uuid json'.split(
    ' ',
  ),
);

/** The beginning of a call of a function that databases alone have, and nothing more: `group_concat(`. */
export function isCallBegun(tokens: Tokens): boolean {
  const word = tokens.word(0);
  if (tokens.kind(0) === TOKEN.quotedName || tokens.kind(1) !== TOKEN.open || ALSO_WORDS.has(word)) return false;
  return DANGEROUS.has(word) || METADATA.has(word) || COMMON.has(word);
}

/**
 * Names of fields: programmers choose them, so a call of a database's function, a schema of its own, or a keyword beside a quote
 * or a parenthesis that nothing opened is nobody's name. `price>=`, `items[0]` and `filter(name)` are.
 */
export function judgeName(tokens: Tokens): Finding | null {
  if (isCallBegun(tokens)) return likely('function');
  const word = tokens.word(0);
  if (tokens.length === 1 && CATALOGUE.test(word) && word.length > 6) return likely('catalogue');
  if (tokens.word(0) === 'in' && tokens.kind(1) === TOKEN.open && tokens.kind(2) === TOKEN.number)
    return likely('condition');
  return null;
}
