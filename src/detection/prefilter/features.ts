import type { Automaton } from './automaton.ts';
import { SIGN, SIGN_OF } from './signs.ts';

/** What one pass over a text shows. */
export type Features = {
  /** Bits of {@link SIGN}. */
  readonly signs: number;
  /** Bits of the detectors one of whose literals the text holds. */
  readonly literals: number;
};

const DOT = 0x2e;
const DASH = 0x2d;

/** One pass over the text, whatever is looked for. Time: linear, a few nanoseconds a character. */
export function scan(text: string, { columns, width, next, bits }: Automaton): Features {
  let signs = 0;
  let literals = 0;
  let state = 0;
  let previous = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      signs |= SIGN.nonAscii;
      state = 0;
    } else {
      signs |= SIGN_OF[code] as number;
      if (code === previous) {
        if (code === DOT) signs |= SIGN.dots;
        else if (code === DASH) signs |= SIGN.dashes;
      }
      state = next[state * width + (columns[code] as number)] as number;
      literals |= bits[state] as number;
    }
    previous = code;
  }
  return { signs, literals };
}
