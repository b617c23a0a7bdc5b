import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const template: TextDetector = {
  id: 'template',
  literals: [],
  concerns: () => false,
  look: () => null,
};
