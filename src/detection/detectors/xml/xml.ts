import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const xml: TextDetector = {
  id: 'xml',
  literals: [],
  concerns: () => false,
  look: () => null,
};
