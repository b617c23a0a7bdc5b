/** What a detector found in a text. */
export type Evidence = {
  /** The technique's name, in kebab case, stable: it stands in events and test data. */
  readonly technique: string;
  /** How sure the detector is that this is an attack, 1 to 99 (see {@link CONFIDENCE}). */
  readonly confidence: number;
  /** Where in the subject's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
};

/** Steps of confidence. The judge adds up what several detectors say, and holds the sum against the profile's threshold. */
export const CONFIDENCE = {
  /** Nothing honest looks like this. */
  certain: 95,
  /** An attack, unless the field is for code or markup. Enough for the default profile. */
  likely: 75,
  /** Enough only with something else beside it, or in the strict profile. */
  possible: 45,
  /** A hint. */
  weak: 20,
} as const;
