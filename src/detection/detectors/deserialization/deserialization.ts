import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const deserialization: TextDetector = {
  id: 'deserialization',
  literals: [],
  concerns: () => false,
  look: () => null,
};
