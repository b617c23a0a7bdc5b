import fc from 'fast-check';
import { expect } from 'vitest';
import type { TextDetector } from '../detector.ts';
import type { Leaf } from '../leaf.ts';
import { Prefilter } from '../prefilter/prefilter.ts';
import { Subject } from '../subject.ts';

const LEAF: Leaf = { carrier: 'json', role: 'value', text: '', parent: null, key: 'next' };

/** Texts put together from what a detector looks for, and from anything. */
export function textsOf(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 24 })
    .map((parts) => parts.join(''));
}

/** That a detector never throws, names its technique in kebab case, and points into the text. */
export function expectJudgesAnyText(detector: TextDetector, pieces: readonly string[]): void {
  const prefilter = new Prefilter([detector], []);
  fc.assert(
    fc.property(textsOf(pieces), (text) => {
      prefilter.candidates(text);
      const { signs, literals } = prefilter;
      const evidence = detector.look(new Subject(text, { signs, literals }, LEAF, []));
      if (evidence === null) return;
      expect(evidence.technique).toMatch(/^[a-z][a-z\d-]*$/);
      expect(evidence.start).toBeGreaterThanOrEqual(0);
      expect(evidence.end).toBeGreaterThanOrEqual(evidence.start);
      expect(evidence.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
}
