import { expect, it } from 'vitest';
import { Breaker } from './breaker.ts';
import { Ejection } from './ejection.ts';

const OPTIONS = { failures: 3, windowMs: 1_000, openMs: 500 };

/** f: a failure, s: a success, r: a request given up; the number is the time in ms. Then the state and how long it rests. */
it.each([
  ['too few failures', 'f0 f1', 'closed', 0],
  ['enough in a row', 'f0 f1 f2', 'open', 500],
  ['a success between', 'f0 f1 s2 f3 f4', 'closed', 0],
  ['too far apart', 'f0 f600 f1200', 'closed', 0],
  ['the last ones close enough', 'f0 f600 f1200 f1300', 'open', 500],
  ['a late success while open', 'f0 f1 f2 s3', 'open', 499],
  ['the one that tries fails', 'f0 f1 f2 p502 f600', 'open', 500],
  ['the one that tries fares well', 'f0 f1 f2 p502 s600', 'closed', 0],
  ['while one tries', 'f0 f1 f2 p502', 'half-open', 1_000],
  ['the one that tries is given up', 'f0 f1 f2 p502 r600', 'open', 0],
] as const)('breaker: %s', (_, steps, state, restMs) => {
  const breaker = new Breaker(OPTIONS);
  let now = 0;
  for (const step of steps.split(' ')) {
    now = Number(step.slice(1));
    if (step.startsWith('f')) breaker.failed(now);
    else if (step.startsWith('s')) breaker.succeeded();
    else if (step.startsWith('r')) breaker.released(now);
    else breaker.pass();
  }
  expect([breaker.state, breaker.restsForMs(now)]).toEqual([state, restMs]);
});

it('ejection: out for twice as long each time it happens again soon, five minutes at most', () => {
  const ejection = new Ejection();
  const outs: number[] = [];
  let now = 0;
  while (outs.length < 8) {
    const out = ejection.failed(now);
    if (out > 0) {
      outs.push(out / 1000);
      expect(ejection.isOut(now + out - 1)).toBe(true);
      now += out;
      expect(ejection.isOut(now)).toBe(false);
    }
  }
  expect(outs).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
  // Long after the last time it begins anew, after five failures.
  ejection.succeeded();
  now += 3_600_000;
  expect(Array.from({ length: 5 }, () => ejection.failed(now))).toEqual([0, 0, 0, 0, 10_000]);
  expect(ejection.count).toBe(9);
});
