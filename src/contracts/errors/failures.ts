import type { DenialCode } from './denials.ts';

/** Neither the caller's fault nor refused by a rule: the application behind the gateway, or the gateway itself, had trouble. */
export const FAILURES: ReadonlySet<string> = new Set<DenialCode>([
  'internal',
  'secret-missing',
  'error-withheld',
  'upstream-unreachable',
  'upstream-failed',
  'upstream-timeout',
]);
