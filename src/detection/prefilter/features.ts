/** What one pass over a text shows. */
export type Features = {
  /** Bits of `SIGN`. */
  readonly signs: number;
  /** Bits of the detectors one of whose literals the text holds. */
  readonly literals: number;
};
