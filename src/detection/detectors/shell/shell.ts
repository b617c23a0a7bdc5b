import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const shell: TextDetector = {
  id: 'shell',
  literals: [],
  concerns: () => false,
  look: () => null,
};
