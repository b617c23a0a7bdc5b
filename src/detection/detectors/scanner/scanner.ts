import type { RequestDetector } from '../../detector.ts';

/** Not built yet. */
export const scanner: RequestDetector = {
  id: 'scanner',
  look: () => [],
};
