import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const code: TextDetector = {
  id: 'code',
  literals: [],
  concerns: () => false,
  look: () => null,
};
