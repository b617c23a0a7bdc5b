import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const ssrf: TextDetector = {
  id: 'ssrf',
  literals: [],
  concerns: () => false,
  look: () => null,
};
