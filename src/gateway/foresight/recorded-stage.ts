import { FAILURES } from '../../contracts/errors/failures.ts';
import type { RecordedCall } from '../../contracts/events/recorded-call.ts';

/** How far a recorded call came: limits counted it only when it reached them. */
export type Stage = 'refused-early' | 'address-counted' | 'all-counted' | 'let-in';

const UPGRADED = 101;

export function stageOf(call: RecordedCall): Stage {
  if (call.route === null) return 'refused-early';
  if (call.code === null || FAILURES.has(call.code) || call.status === UPGRADED) return 'let-in';
  if (BEFORE_POLICIES.has(call.code)) return 'refused-early';
  // A caller that is known passed authentication, so whatever refused it came after.
  return call.consumer === null ? 'address-counted' : 'all-counted';
}

/** A call refused by a limit is not counted by it either. */
const BEFORE_POLICIES: ReadonlySet<string> = new Set([
  'address-blocked',
  'locked',
  'rate-limited',
  'body-too-large',
  'path-encoded-slash',
  'path-case',
  'method-not-allowed',
  'route-unknown',
]);
