import { describeChanges } from '../../configuration/index.ts';
import type { ConfigPlan } from '../../contracts/api/configuration.ts';
import type { Foresight } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';

export type PlanDeps = {
  /** The gateway's: judges recorded calls as it would. */
  foresee(before: GatewaySnapshot, after: GatewaySnapshot): Promise<Foresight>;
  /** Activity's: shows what was recorded. */
  replay(span: { from: number; to: number }, foresight: Foresight, signal: AbortSignal): Promise<void>;
};

/** What `after` would change, and whom of the last days it would have turned away. `now` in Unix milliseconds. */
export async function planChange(
  deps: PlanDeps,
  snapshots: { before: GatewaySnapshot; after: GatewaySnapshot },
  wish: { days: number; now: number; signal: AbortSignal },
): Promise<ConfigPlan> {
  const { before, after } = snapshots;
  const foresight = await deps.foresee(before, after);
  await deps.replay({ from: wish.now - wish.days * DAY_MS, to: wish.now + 1 }, foresight, wish.signal);
  wish.signal.throwIfAborted();
  const { turnedAway, ...rest } = foresight.result();
  return {
    changes: describeChanges(before, after),
    days: wish.days,
    ...rest,
    turnedAway: turnedAway.map((line) => ({ ...line, last: new Date(line.last).toISOString() })),
  };
}

const DAY_MS = 86_400_000;
