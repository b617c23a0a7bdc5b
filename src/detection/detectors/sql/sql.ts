import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const sql: TextDetector = {
  id: 'sql',
  literals: [],
  concerns: () => false,
  look: () => null,
};
