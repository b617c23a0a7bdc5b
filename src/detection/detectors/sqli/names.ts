import { type Finding, likely } from './finding.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import { COMMON, DANGEROUS, METADATA } from './words.ts';

/** Functions that are words of people, too: "date(s)", "count(ry)". */
const ALSO_WORDS = new Set(
  'date time year day month left right count sum min max position space rank field format insert values password user choose power sign length schema row repeat reverse replace quarter version std uuid json'.split(
    ' ',
  ),
);

/**
 * Names of fields: programmers choose them, so a call of a database's function or an operator between quotes is nobody's name.
 * `price>=`, `items[0]` and `filter(name)` are.
 */
export function judgeName(tokens: Tokens): Finding | null {
  const word = tokens.word(0);
  const call = tokens.kind(1) === TOKEN.open;
  if (!call || tokens.kind(0) === TOKEN.quotedName) return null;
  if (ALSO_WORDS.has(word)) return null;
  return DANGEROUS.has(word) || METADATA.has(word) || COMMON.has(word) ? likely('function') : null;
}
