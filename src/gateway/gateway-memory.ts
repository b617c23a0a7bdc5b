import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { type CounterMemory, createCounterMemory } from '../storage/counters/counter-memory.ts';
import { keepDayQuotas, openCounterMemory } from './day-quota-file.ts';
import { keepDeliveries, openDeliveryMemory } from './delivery-file.ts';

/**
 * What all threads of a gateway know together. Three memories, so that none of them can push out what is in another: limits of
 * every kind, signed deliveries that came already, and connections for each address.
 */
export type GatewayMemory = {
  readonly limits: CounterMemory;
  readonly deliveries: CounterMemory;
  readonly connections: CounterMemory;
};

/** Made once, in the main thread; with the day quotas and the signed deliveries of the run before. */
export function openGatewayMemory(dataDir: string, clock: Clock, logger: Logger): GatewayMemory {
  return {
    limits: openCounterMemory(dataDir, logger),
    deliveries: openDeliveryMemory(dataDir, clock, logger),
    connections: createCounterMemory(),
  };
}

/** Keeps on disk what is to outlive a restart, until the returned function ends it. */
export function keepGatewayMemory(memory: GatewayMemory, dataDir: string, clock: Clock, logger: Logger): () => void {
  const ends = [
    keepDayQuotas(memory.limits, dataDir, logger),
    keepDeliveries(memory.deliveries, dataDir, clock, logger),
  ];
  return () => {
    for (const end of ends) end();
  };
}
