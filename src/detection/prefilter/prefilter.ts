import type { TextDetector } from '../detector.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { SIGN, SIGN_OF } from './signs.ts';

const DOT = 0x2e;
const DASH = 0x2d;
/** Answers of `concerns` that are kept; a power of two. */
const KEPT = 4096;
const HINT = 1 << 30;

/**
 * Tells in one pass over a text which detectors it may concern. What `concerns` answers depends on nothing but the features, and
 * honest traffic shows the same few hundred of them again and again: the answers are kept in a table of fixed size.
 */
export class Prefilter {
  /** Bits of {@link SIGN} in the text of the last {@link candidates}. */
  signs = 0;
  /** Bits of the detectors one of whose literals it holds. */
  literals = 0;
  /** Whether it holds one of the hints. */
  hinted = false;
  readonly #detectors: readonly TextDetector[];
  readonly #automaton: Automaton;
  readonly #keptSigns = new Int32Array(KEPT).fill(-1);
  readonly #keptLiterals = new Int32Array(KEPT).fill(-1);
  readonly #kept = new Int32Array(KEPT);

  /** At most 30 detectors: each is a bit. `hints`: lower-case ASCII texts that somebody else wants to know of. */
  constructor(detectors: readonly TextDetector[], hints: readonly string[]) {
    this.#detectors = detectors;
    const bits = new Map<string, number>();
    detectors.forEach(({ literals }, i) => {
      for (const literal of literals) bits.set(literal, (bits.get(literal) ?? 0) | (1 << i));
    });
    for (const hint of hints) bits.set(hint, (bits.get(hint) ?? 0) | HINT);
    this.#automaton = buildAutomaton(bits);
  }

  /** The detectors to ask about a text, or a piece of one, as bits in their order. Linear, a few nanoseconds a character. */
  candidates(text: string, from = 0, to = text.length): number {
    this.#scan(text, from, to);
    const { signs, literals } = this;
    const at = (Math.imul(signs, 0x9e3779b1) ^ Math.imul(literals, 0x85ebca6b)) >>> 20;
    if (this.#keptSigns[at] === signs && this.#keptLiterals[at] === literals) return this.#kept[at] ?? 0;
    const answer = this.#ask(signs, literals);
    this.#keptSigns[at] = signs;
    this.#keptLiterals[at] = literals;
    this.#kept[at] = answer;
    return answer;
  }

  #ask(signs: number, literals: number): number {
    const features = { signs, literals };
    let answer = 0;
    this.#detectors.forEach((detector, i) => {
      if (detector.concerns(features, (literals & (1 << i)) !== 0)) answer |= 1 << i;
    });
    return answer;
  }

  #scan(text: string, from: number, to: number): void {
    const { columns, width, next, bits } = this.#automaton;
    let signs = 0;
    let literals = 0;
    let state = 0;
    let previous = 0;
    for (let i = from; i < to; i++) {
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
    this.signs = signs;
    this.literals = literals & ~HINT;
    this.hinted = (literals & HINT) !== 0;
  }
}
