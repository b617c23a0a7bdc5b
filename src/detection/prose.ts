const SAMPLE = 2_000;
const MIN_WORDS = 4;

/**
 * How much a text reads like something written for people, 0 to 1: the share of its pieces between spaces that are words (letters,
 * with an apostrophe or hyphen inside and a mark of punctuation behind), scaled down for texts of few words. Looks at the first
 * {@link SAMPLE} characters. Says nothing of what else the text holds: an attack can hide in prose.
 */
export function proseOf(text: string): number {
  let words = 0;
  let pieces = 0;
  for (const piece of text.slice(0, SAMPLE).split(/\s+/)) {
    if (piece === '') continue;
    pieces++;
    if (WORD.test(piece)) words++;
  }
  if (words < MIN_WORDS) return 0;
  return (words / pieces) * Math.min(1, words / (2 * MIN_WORDS));
}

const WORD = /^["'“‘(]?\p{L}{1,30}(?:['’-]\p{L}{1,30}){0,3}[.,;:!?"'”’)…]{0,4}$/u;
