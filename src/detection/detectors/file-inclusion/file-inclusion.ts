import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const fileInclusion: TextDetector = {
  id: 'file-inclusion',
  literals: [],
  concerns: () => false,
  look: () => null,
};
