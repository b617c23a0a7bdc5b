import type { Carrier, Leaf } from './leaf.ts';
import type { Features } from './prefilter/features.ts';
import { proseOf } from './prose.ts';

/** A text before a detector: a leaf, as it is or with some of its encodings undone. */
export class Subject {
  readonly text: string;
  readonly features: Features;
  readonly leaf: Leaf;
  /** The encodings undone to come to `text`, outermost first: `url`, `html`, `base64` … Empty for the leaf as it came. */
  readonly undone: readonly string[];
  #lower: string | null = null;
  #prose = -1;

  constructor(text: string, features: Features, leaf: Leaf, undone: readonly string[]) {
    this.text = text;
    this.features = features;
    this.leaf = leaf;
    this.undone = undone;
  }

  get carrier(): Carrier {
    return this.leaf.carrier;
  }

  /** The text in lower case; ASCII letters only, so that positions stay. */
  get lower(): string {
    this.#lower ??= lowerAscii(this.text);
    return this.#lower;
  }

  /** How much the text reads like something written for people, 0 to 1: words and spaces, sentences, little else. */
  get prose(): number {
    if (this.#prose < 0) this.#prose = proseOf(this.text);
    return this.#prose;
  }
}

/** `toLowerCase` can change a text's length beyond ASCII (İ becomes two code units). */
function lowerAscii(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
