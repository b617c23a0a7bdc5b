import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counters } from './counters.ts';

/** What every implementation of {@link Counters} must do. */
export function countersContract(name: string, create: () => Counters): void {
  describe(`counters: ${name}`, () => {
    it('lets exactly the quota through, counts down, and says when the next hit can pass', () => {
      const limiter = create().limiter('login', { quota: 5, windowMs: 60_000 });
      const remaining = Array.from({ length: 5 }, () => limiter.hit('a', 1_000).remaining);
      expect(remaining).toEqual([4, 3, 2, 1, 0]);
      expect(limiter.hit('a', 2_000)).toMatchObject({ allowed: false, remaining: 0, resetMs: 59_000 });
      expect(limiter.hit('a', 60_999).allowed).toBe(false);
      expect(limiter.hit('a', 61_000)).toMatchObject({ allowed: true, remaining: 4 });
    });

    it('counts each key for itself', () => {
      const limiter = create().limiter('x', { quota: 1, windowMs: 1_000 });
      expect(limiter.hit('a', 0).allowed).toBe(true);
      expect(limiter.hit('b', 0).allowed).toBe(true);
      expect(limiter.hit('a', 0).allowed).toBe(false);
    });

    it('does not count refused hits', () => {
      const limiter = create().limiter('x', { quota: 1, windowMs: 1_000 });
      for (let now = 0; now < 1_000; now += 10) limiter.hit('a', now);
      expect(limiter.hit('a', 1_000).allowed).toBe(true);
    });

    it('goes on counting under the same id, begins anew under other numbers, and forgets what is no longer named', () => {
      const counters = create();
      counters.limiter('x', { quota: 1, windowMs: 1_000 }).hit('a', 0);
      expect(counters.limiter('x', { quota: 1, windowMs: 1_000 }).hit('a', 1).allowed).toBe(false);
      expect(counters.limiter('x', { quota: 2, windowMs: 1_000 }).hit('a', 1).allowed).toBe(true);
      counters.retain(new Set());
      expect(counters.limiter('x', { quota: 2, windowMs: 1_000 }).hit('a', 2).remaining).toBe(1);
    });

    it('never lets more than the quota through in any window, and always lets a hit through after a quiet window', () => {
      const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 });
      fc.assert(
        fc.property(gaps, fc.integer({ min: 1, max: 40 }), (pauses, quota) => {
          const limiter = create().limiter('p', { quota, windowMs: 1_000 });
          const passed: number[] = [];
          let now = 0;
          for (const pause of pauses) {
            now += pause;
            const hit = limiter.hit('a', now);
            if (hit.allowed) passed.push(now);
            else expect(hit.resetMs).toBeGreaterThan(0);
          }
          for (const start of passed) {
            expect(passed.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(quota);
          }
          expect(limiter.hit('a', now + 1_000).allowed).toBe(true);
        }),
      );
    });
  });
}
