const MOST_LOOKED_AT = 2_000;
const WORD = /^[([“"']{0,2}\p{L}{2,30}[.,;:!?)\]”"']{0,3}$/u;
const LEAST_WORDS = 2;

/**
 * Whether the backticks are Markdown's code spans (CommonMark 0.31, §6.1): each pair of them stands free, with blanks or punctuation
 * around it, and there are words of a sentence outside.
 */
export function isMarkdown(text: string): boolean {
  const pieces = text.slice(0, MOST_LOOKED_AT).split('`');
  // An odd number of pieces: every backtick has its partner. In a text cut off the last one is given the benefit of the doubt.
  if (pieces.length % 2 === 0 && text.length <= MOST_LOOKED_AT) return false;
  let words = 0;
  for (let i = 0; i < pieces.length; i += 2) {
    const outside = pieces[i] as string;
    if (i > 0 && !/^(?:$|[\s.,;:!?)\]'’])/.test(outside)) return false;
    if (i < pieces.length - 1 && !/(?:^|[\s([])$/.test(outside)) return false;
    for (const piece of outside.split(/\s/)) if (words < LEAST_WORDS && WORD.test(piece)) words++;
  }
  return words >= LEAST_WORDS;
}
