import type { Change } from '../../contracts/api/front-door.ts';

/** Whether a change is in service, said honestly. */
export function changeWords(change: Change): string {
  if (change.gateways === 0) return 'No gateway is connected at the moment; it takes effect as soon as one is.';
  if (change.live) return `In service (revision ${change.revision}).`;
  return `Saved, but not in service yet: ${change.reason ?? 'the gateway has not answered.'}`;
}
