import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const script: TextDetector = {
  id: 'script',
  literals: [],
  concerns: () => false,
  look: () => null,
};
