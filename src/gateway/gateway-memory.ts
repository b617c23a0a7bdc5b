import type { Logger } from '../platform/logger.ts';
import { type CounterMemory, createCounterMemory } from '../storage/counters/counter-memory.ts';
import { openCounterMemory } from './day-quota-file.ts';

/**
 * What all threads of a gateway know together. Three memories, so that none of them can push out what is in another: limits of
 * every kind, signed deliveries that came already, and connections for each address.
 */
export type GatewayMemory = {
  readonly limits: CounterMemory;
  readonly deliveries: CounterMemory;
  readonly connections: CounterMemory;
};

/** Made once, in the main thread; with the day quotas of the run before. */
export function openGatewayMemory(dataDir: string, logger: Logger): GatewayMemory {
  return {
    limits: openCounterMemory(dataDir, logger),
    deliveries: createCounterMemory(),
    connections: createCounterMemory(),
  };
}
