import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCounterMemory } from './counter-memory.ts';
import type { Counters, Limiter } from './counters.ts';
import { DAY_MS } from './day-limiter.ts';
import { createSharedCounters } from './shared-counters.ts';

const create = (): Counters => createSharedCounters(createCounterMemory({ capacity: 1024 }));

describe('a sliding window', () => {
  it('lets exactly the quota through, counts down, and says when the next hit can pass', () => {
    const limiter = create().limiter('login', { quota: 5, windowMs: 60_000 });
    const remaining = Array.from({ length: 5 }, () => limiter.hit('a', 1_000).remaining);
    expect(remaining).toEqual([4, 3, 2, 1, 0]);
    const refused = limiter.hit('a', 2_000);
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    expect(Math.abs(refused.resetMs - 59_000)).toBeLessThanOrEqual(1);
    expect(limiter.hit('a', 60_990).allowed).toBe(false);
    expect(limiter.hit('a', 61_010)).toMatchObject({ allowed: true, remaining: 4 });
  });

  it('counts each key and each limit for itself, and goes on under the same id', () => {
    const counters = create();
    const limiter = counters.limiter('x', { quota: 1, windowMs: 1_000 });
    expect(limiter.hit('a', 0).allowed).toBe(true);
    expect(limiter.hit('b', 0).allowed).toBe(true);
    expect(counters.limiter('x', { quota: 1, windowMs: 1_000 }).hit('a', 0).allowed).toBe(false);
    expect(counters.limiter('y', { quota: 1, windowMs: 1_000 }).hit('a', 0).allowed).toBe(true);
    expect(counters.limiter('x', { quota: 2, windowMs: 1_000 }).hit('a', 0).remaining).toBe(1);
  });

  it('does not count refused hits', () => {
    const limiter = create().limiter('x', { quota: 1, windowMs: 1_000 });
    for (let now = 0; now < 990; now += 10) limiter.hit('a', now);
    expect(limiter.hit('a', 1_010).allowed).toBe(true);
  });

  it('is not fooled by a caller whose time is behind', () => {
    const limiter = create().limiter('x', { quota: 2, windowMs: 1_000 });
    expect(limiter.hit('a', 5_000).allowed).toBe(true);
    expect(limiter.hit('a', 4_000).allowed).toBe(true);
    expect(limiter.hit('a', 3_000).allowed).toBe(false);
    expect(limiter.hit('a', 5_900).allowed).toBe(false);
  });

  /** A list of what passed. It knows the least and the most that a limiter in sixteen slots may let through. */
  class Model {
    readonly passed: { at: number; cost: number }[] = [];
    within(now: number, windowMs: number): number {
      return this.passed.filter(({ at }) => at > now - windowMs).reduce((sum, { cost }) => sum + cost, 0);
    }
  }

  it('agrees with a list of all hits: never more than the quota, never refused without need', () => {
    const windowMs = 1_600;
    const hits = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 700 }), key: fc.constantFrom('a', 'b'), cost: fc.nat(4) }),
      { minLength: 1, maxLength: 150 },
    );
    fc.assert(
      fc.property(hits, fc.integer({ min: 5, max: 40 }), (sequence, quota) => {
        const limiter = create().limiter('p', { quota, windowMs });
        const models = { a: new Model(), b: new Model() };
        let now = 1_000;
        for (const { pause, key, cost } of sequence) {
          now += pause;
          const model = models[key];
          const { allowed, resetMs } = limiter.hit(key, now, cost + 1);
          // Whole milliseconds on another clock: one of leeway on both sides.
          if (allowed) {
            model.passed.push({ at: now, cost: cost + 1 });
            expect(model.within(now, windowMs - 1)).toBeLessThanOrEqual(quota);
          } else {
            expect(model.within(now, windowMs * (17 / 16) + 1) + cost + 1).toBeGreaterThan(quota);
            expect(resetMs).toBeGreaterThan(0);
            expect(resetMs).toBeLessThanOrEqual(windowMs + 1);
          }
        }
        expect(limiter.hit('a', now + windowMs + 1, quota).allowed).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('says truly when a refused hit can pass', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(300), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        (gaps, cost) => {
          const limiter = create().limiter('w', { quota: 10, windowMs: 1_600 });
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            limiter.hit('a', now);
          }
          const refused = { ...limiter.hit('a', now, cost) };
          if (!refused.allowed) expect(limiter.hit('a', now + refused.resetMs + 1, cost).allowed).toBe(true);
        },
      ),
    );
  });
});

describe('a flood of keys', () => {
  const flood = (limiter: Limiter) => {
    for (let i = 0; i < 20_000; i++) limiter.hit(`key ${i}`, 1);
  };

  it('does not free a key that has used up its quota, and refuses nobody for lack of room', () => {
    const counters = create();
    const login = counters.limiter('login', { quota: 5, windowMs: 60_000 });
    for (let i = 0; i < 5; i++) login.hit('guesser', 0);
    flood(login);
    expect(login.hit('guesser', 2).allowed).toBe(false);
    expect(login.hit('newcomer', 2).allowed).toBe(true);
  });

  it('does not push out who is in', () => {
    const counters = create();
    const gauge = counters.gauge('open', 1);
    expect(gauge.enter('a', 0)).not.toBe(-1);
    flood(counters.limiter('x', { quota: 1, windowMs: 60_000 }));
    expect(gauge.enter('a', 1)).toBe(-1);
  });
});

describe('a calendar day', () => {
  const noon = 20_000 * DAY_MS + DAY_MS / 2;

  it('begins at midnight UTC, and not again when the clock is set back over midnight', () => {
    const limiter = create().limiter('d', { quota: 10, windowMs: DAY_MS, per: 'day' });
    expect(limiter.hit('a', noon, 7)).toMatchObject({ allowed: true, remaining: 3, resetMs: DAY_MS / 2 });
    expect(limiter.hit('a', noon, 4)).toMatchObject({ allowed: false, remaining: 3 });
    expect(limiter.hit('a', noon + DAY_MS / 2, 10).allowed).toBe(true);
    expect(limiter.hit('a', noon, 1).allowed).toBe(false);
    expect(limiter.hit('a', noon - 5 * DAY_MS, 1).allowed).toBe(true);
  });

  it('goes on after a restart', () => {
    const memory = createCounterMemory();
    const before = createSharedCounters(memory);
    expect(before.changed()).toBe(false);
    before.limiter('d', { quota: 10, windowMs: DAY_MS, per: 'day' }).hit('a', noon, 7);
    expect(before.changed()).toBe(true);
    const after = createSharedCounters(createCounterMemory({ seed: memory.seed }));
    after.restoreDays(before.days());
    expect(after.limiter('d', { quota: 10, windowMs: DAY_MS, per: 'day' }).hit('a', noon, 4).allowed).toBe(false);
  });
});

describe('several threads', () => {
  it.each([2, 4])('%i of them let exactly the quota through together, and no more in at once', async (threads) => {
    const quota = 100;
    const memory = createCounterMemory();
    const script = new URL('testdata/hammer.ts', import.meta.url);
    const workers = Array.from(
      { length: threads },
      (_, worker) => new Worker(script, { workerData: { memory, worker, quota }, execArgv: [] }),
    );
    onTestFinished(async () => void (await Promise.all(workers.map((worker) => worker.terminate()))));
    for (let round = 0; round < 10; round++) {
      const answers = workers.map((worker) => once(worker, 'message'));
      for (const worker of workers) worker.postMessage({ key: `round ${round}`, hits: 20_000 });
      const counts = (await Promise.all(answers)).map(([count]) => count as { passed: number; entered: number });
      expect(counts.reduce((sum, { passed }) => sum + passed, 0)).toBe(quota);
      expect(counts.reduce((sum, { entered }) => sum + entered, 0)).toBe(quota);
    }
  });

  it('what a thread held that has ended is given back, and nothing else', () => {
    const memory = createCounterMemory();
    const [first, second] = [createSharedCounters(memory, 0), createSharedCounters(memory, 1)];
    for (let i = 0; i < 3; i++) first.gauge('g', 5).enter('a', 0);
    const ticket = second.gauge('g', 5).enter('a', 0);
    second.gauge('g', 5).enter('a', 0);
    expect(second.gauge('g', 5).enter('a', 0)).toBe(-1);
    first.forgetWorker(0);
    second.gauge('g', 5).leave(ticket);
    const free = Array.from({ length: 5 }, () => second.gauge('g', 5).enter('a', 0));
    expect(free.map((entered) => entered !== -1)).toEqual([true, true, true, true, false]);
  });
});
