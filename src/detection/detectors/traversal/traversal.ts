import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const traversal: TextDetector = {
  id: 'traversal',
  literals: [],
  concerns: () => false,
  look: () => null,
};
