import type { TextDetector } from '../../detector.ts';

/** Not built yet. */
export const ldap: TextDetector = {
  id: 'ldap',
  literals: [],
  concerns: () => false,
  look: () => null,
};
