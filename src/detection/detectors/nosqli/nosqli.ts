import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const nosqli: TextDetector = {
  id: 'nosqli',
  literals: [],
  concerns: () => false,
  look: () => null,
};
