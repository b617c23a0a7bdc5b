import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const nosql: TextDetector = {
  id: 'nosql',
  literals: [],
  concerns: () => false,
  look: () => null,
};
