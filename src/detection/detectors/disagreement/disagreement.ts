import type { RequestDetector } from '../../detector.ts';

/** Not built yet. */
export const disagreement: RequestDetector = {
  id: 'disagreement',
  look: () => [],
};
