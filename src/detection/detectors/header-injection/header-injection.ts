import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const headerInjection: TextDetector = {
  id: 'header-injection',
  literals: [],
  concerns: () => false,
  look: () => null,
};
