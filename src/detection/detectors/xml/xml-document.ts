import type { RequestDetector } from '../../detector.ts';

/** Not built yet. */
export const xmlDocument: RequestDetector = {
  id: 'xml',
  look: () => [],
};
