import { parentPort, workerData } from 'node:worker_threads';
import type { CounterMemory } from '../counter-memory.ts';
import { createSharedCounters } from '../shared-counters.ts';

/** One thread of the test: hits one key as fast as it can each time it is told to, and says how many passed. */
const { memory, worker, quota } = workerData as { memory: CounterMemory; worker: number; quota: number };
const counters = createSharedCounters(memory, worker);
const limiter = counters.limiter('hammered', { quota, windowMs: 60_000 });
const gauge = counters.gauge('together', quota);
parentPort?.on('message', ({ key, hits }: { key: string; hits: number }) => {
  let passed = 0;
  for (let i = 0; i < hits; i++) if (limiter.hit(key, performance.now()).allowed) passed++;
  const tickets = [];
  for (let i = 0; i < hits; i++) tickets.push(gauge.enter(key, performance.now()));
  parentPort?.postMessage({ passed, entered: tickets.filter((ticket) => ticket !== -1).length });
});
