import type { SnapshotException } from '../contracts/snapshot/snapshot-exception.ts';
import type { Exceptions, Exchange } from './exchange.ts';
import type { Refusal } from './refusal.ts';

/** What counts of a refusal, or of a change to an answer. */
type Refused = Pick<Refusal, 'final' | 'faults' | 'places'> & { readonly code: string };

export function compileExceptions(exceptions: readonly SnapshotException[]): Exceptions {
  if (exceptions.length === 0) return null;
  const byPlace = new Map<string, SnapshotException[]>();
  for (const exception of exceptions) {
    const key = keyOf(exception.policy, exception.service, exception.route);
    byPlace.set(key, [...(byPlace.get(key) ?? []), exception]);
  }
  return byPlace;
}

/**
 * Whether the owner has said that this refusal shall not happen. Asked only when a policy refuses, so exceptions cost nothing
 * while all is well. What cannot be sent on anyway (`final`) cannot be excepted.
 */
export function isExcepted(x: Exchange, policy: string, refusal: Refused): boolean {
  const { exceptions } = x.runtime;
  if (exceptions === null || x.route === null || refusal.final === true) return false;
  const some = exceptions.get(keyOf(policy, x.route.service, x.route.id));
  return some?.some((exception) => covers(exception, x, refusal)) === true;
}

function covers(exception: SnapshotException, x: Exchange, refusal: Refused): boolean {
  if (exception.expiresAt <= x.time) return false;
  if (exception.code !== null && exception.code !== refusal.code) return false;
  if (exception.consumer !== null && !isCaller(exception.consumer, x)) return false;
  if (exception.address !== null && exception.address !== x.peer.address) return false;
  const { places } = exception;
  if (places === null) return true;
  // Every fault must be one of those: another fault in the same request is not excepted.
  const faults = refusal.faults ?? [];
  const kept = refusal.places ?? [];
  return (
    faults.length > 0 &&
    faults.every((fault, index) => places.includes(fault.place) || places.includes(kept[index] ?? fault.place))
  );
}

/** By the name, or as the record calls whoever came with a token. */
function isCaller(consumer: string, { caller }: Exchange): boolean {
  return caller !== null && (caller.consumer === consumer || caller.recordedAs === consumer);
}

function keyOf(policy: string, service: string, route: string): string {
  return `${policy}\n${service}\n${route}`;
}
