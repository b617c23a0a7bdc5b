import { BroadcastChannel } from 'node:worker_threads';
import type { Clock } from '../../platform/clock.ts';
import type { Counters } from '../../storage/counters/counters.ts';
import type { GatewayMemory } from '../gateway-memory.ts';
import { type BanChange, BanTable } from './ban-table.ts';

/** A thread's bans, kept equal with those of the other threads that serve the same folder. */
export type ThreadBans = { readonly table: BanTable; close(): void };

/** `shared` is what the threads have in common; null for a thread alone. `changed` is called when the bans of the process have changed, whoever changed them. */
export function createThreadBans(
  counters: Counters,
  clock: Clock,
  shared: GatewayMemory | null,
  changed: () => void,
): ThreadBans {
  const channel = shared === null ? null : new BroadcastChannel(`nightlatch-bans ${shared.limits.seed.join(' ')}`);
  const table = new BanTable(counters, (change) => {
    channel?.postMessage(change);
    if (!('spared' in change)) changed();
  });
  if (channel !== null) {
    channel.onmessage = (message: unknown) => {
      const change = (message as { data: BanChange }).data;
      table.accept(change, clock.now());
      if (!('spared' in change)) changed();
    };
    channel.unref();
  }
  return { table, close: () => channel?.close() };
}
