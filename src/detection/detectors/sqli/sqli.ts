import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const sqli: TextDetector = {
  id: 'sqli',
  literals: [],
  concerns: () => false,
  look: () => null,
};
