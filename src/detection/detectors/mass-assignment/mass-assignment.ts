import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const massAssignment: TextDetector = {
  id: 'mass-assignment',
  literals: [],
  concerns: () => false,
  look: () => null,
};
