import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const mailInjection: TextDetector = {
  id: 'mail-injection',
  literals: [],
  concerns: () => false,
  look: () => null,
};
