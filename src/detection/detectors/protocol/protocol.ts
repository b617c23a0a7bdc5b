import type { RequestDetector } from '../../detector.ts';

/** Not built yet. */
export const protocol: RequestDetector = {
  id: 'protocol',
  look: () => [],
};
