import { expect, it } from 'vitest';
import { LatelyFlooded } from './lately-flooded.ts';

it('remembers for a minute, and a thousand at most', () => {
  const floods = new LatelyFlooded();
  floods.add('a', 0);
  expect([floods.has('a', 59_999), floods.has('b', 0), floods.has('a', 60_000)]).toEqual([true, false, false]);
  for (let i = 0; i <= 1_000; i++) floods.add(`n${i}`, 0);
  expect([floods.has('n0', 1), floods.has('n1', 1), floods.has('n1000', 1)]).toEqual([false, true, true]);
});
