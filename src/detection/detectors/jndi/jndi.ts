import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const jndi: TextDetector = {
  id: 'jndi',
  literals: [],
  concerns: () => false,
  look: () => null,
};
