import { expect, test } from 'vitest';
import { Resource } from './resource.ts';
import { ScoreBook } from './score-book.ts';

test('keeps the latest callers alone, and the counts of their resource stay true', () => {
  const book = new ScoreBook();
  const resource = new Resource('orders', 1);
  for (let caller = 1; caller <= 25_000; caller++) {
    const score = book.of(resource, caller);
    if (caller > 10) continue;
    score.isMixer = true;
    resource.mixers++;
    resource.readersOfAll.add(caller);
    book.of(resource, 1);
  }
  expect([book.size, resource.callers, resource.mixers, resource.readersOfAll.size]).toEqual([20_000, 20_000, 0, 0]);
  book.of(resource, 25_001);
  const [first] = book.values();
  expect(first?.caller).toBe(5_002);
});

test('callers of different resources do not meet', () => {
  const book = new ScoreBook();
  const [orders, bills] = [new Resource('orders', 1), new Resource('bills', 2)];
  book.of(orders, 7).add(3, 0);
  expect([book.of(bills, 7).score, book.of(orders, 7).score]).toEqual([0, 3]);
});
