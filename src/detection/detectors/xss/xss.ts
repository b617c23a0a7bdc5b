import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const xss: TextDetector = {
  id: 'xss',
  literals: [],
  concerns: () => false,
  look: () => null,
};
