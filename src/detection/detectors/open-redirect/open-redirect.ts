import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const openRedirect: TextDetector = {
  id: 'open-redirect',
  literals: [],
  concerns: () => false,
  look: () => null,
};
