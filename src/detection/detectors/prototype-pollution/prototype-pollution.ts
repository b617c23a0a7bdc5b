import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const prototypePollution: TextDetector = {
  id: 'prototype-pollution',
  literals: [],
  concerns: () => false,
  look: () => null,
};
