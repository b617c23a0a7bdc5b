/** Braces that spell a command, and not a list of names: with an empty part, an option, a path, or letters around them. */
export const SPELLING_BRACES = /^\w{1,20}\{|\}\w{1,20}$|[{,][,}\-/~$.]|:\/\//;
const MOST_BRACED = 256;
const MOST_ALTERNATIVES = 16;

/** `a{b,c}d` → `abd acd`; the first group only, and only short words: nobody writes long ones. */
export function expandBraces(word: string): string[] {
  const open = word.indexOf('{');
  const close = word.indexOf('}', open);
  if (open === -1 || close === -1 || word.length > MOST_BRACED) return [word];
  const alternatives = word.slice(open + 1, close).split(',');
  if (alternatives.length < 2 || alternatives.length > MOST_ALTERNATIVES) return [word];
  const before = word.slice(0, open);
  const after = word.slice(close + 1);
  return alternatives.map((one) => before + one + after).filter((one) => one !== '');
}
