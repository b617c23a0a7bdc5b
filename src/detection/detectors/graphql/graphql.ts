import type { RequestDetector } from '../../detector.ts';

/** Not built yet. */
export const graphql: RequestDetector = {
  id: 'graphql',
  look: () => [],
};
