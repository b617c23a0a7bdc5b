import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const xpath: TextDetector = {
  id: 'xpath',
  literals: [],
  concerns: () => false,
  look: () => null,
};
