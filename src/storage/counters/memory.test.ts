import { expect, it } from 'vitest';
import { countersContract } from './contract-suite.ts';
import { createMemoryCounters } from './memory.ts';

countersContract('memory', () => createMemoryCounters());

it('bounds the number of keys it remembers', () => {
  const limiter = createMemoryCounters({ maxKeysPerLimiter: 3 }).limiter('x', { quota: 1, windowMs: 1_000 });
  for (const key of ['a', 'b', 'c', 'd']) expect(limiter.hit(key, 0).allowed).toBe(true);
  expect(limiter.hit('d', 1).allowed).toBe(false);
  expect(limiter.hit('a', 1).allowed).toBe(true);
});
