import { describe, expect, test } from 'vitest';
import { LearntOwnership } from './learnt-ownership.ts';
import { neighbours } from './neighbours.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PERIOD = 3 * DAY;
const CALLERS = 20;
const ORDERS_EACH = 5;

/**
 * A shop after its time of learning: 20 callers with five orders each. Their numbers are 1000 and on, mixed like in a shop:
 * caller c has 1000 + c, 1020 + c and so on.
 */
function shop(options: { learning?: boolean } = {}) {
  const learnt = new LearntOwnership(Buffer.alloc(32, 7));
  const orders = learnt.resource('shop /orders/{}');
  const ownOf = (caller: number) => Array.from({ length: ORDERS_EACH }, (_, i) => String(1000 + i * CALLERS + caller));
  for (let caller = 1; caller <= CALLERS; caller++) {
    learnt.created(orders, caller, ownOf(caller), DAY);
    for (const id of ownOf(caller)) learnt.ask(orders, caller, id, DAY, PERIOD);
  }
  let now = options.learning === true ? DAY : DAY + PERIOD;
  /** The words that were said to a caller who asks for ids at some pace, and was given all of them while nothing was said. */
  const asks = (
    caller: number,
    ids: readonly (string | number)[],
    everyMs = 1_000,
    outcome: 'given' | 'missed' = 'given',
  ) =>
    ids.map((id) => {
      now += everyMs;
      const ask = learnt.ask(orders, caller, String(id), now, PERIOD);
      if (ask !== null && (ask.word === null || ask.word === 'reads-all-learnt')) learnt.settle(ask, outcome, now);
      return ask?.word ?? null;
    });
  return { learnt, orders, ownOf, asks };
}

const numbers = (from: number, count: number, step = 1) => Array.from({ length: count }, (_, i) => from + i * step);
/** How many were let by before the first alarm; -1: there was none. */
const letBy = (words: readonly (string | null)[]) => words.findIndex((word) => word !== null);
const ALARMS = /^(id-walking|not-owner-learnt)$/;

describe('who walks', () => {
  test.each([
    ['up', numbers(1010, 30), 1_000, 4],
    ['down', numbers(1090, 30, -1), 1_000, 4],
    ['every third', numbers(1010, 25, 3), 1_000, 4],
    ['one an hour', numbers(1010, 30), HOUR, 4],
    ['by chance', numbers(1010, 11, 7), 1_000, 5],
    ['by chance, one an hour', numbers(1010, 11, 7), HOUR, 6],
  ])('%s is found', (_, ids, everyMs, expected) => {
    const { asks } = shop();
    const words = asks(99, ids, everyMs);
    expect(letBy(words)).toBe(expected);
    expect(words[expected]).toMatch(ALARMS);
  });

  test('among many requests for what is its own', () => {
    const { asks, ownOf } = shop();
    const words = numbers(1002, 20, 7).flatMap((id) => [...asks(1, [...ownOf(1), ...ownOf(1)]), ...asks(1, [id])]);
    expect(words.filter((word) => word !== null).length).toBeGreaterThan(5);
  });

  test('says "one after another" of a walk, and of scattered ids of others that they are others’', () => {
    const { asks } = shop();
    expect(asks(99, numbers(1010, 10)).at(-1)).toBe('id-walking');
    expect(asks(98, numbers(1010, 9, 7)).at(-1)).toBe('not-owner-learnt');
  });

  test('through numbers that nobody has seen, is found by the neighbours', () => {
    const { asks } = shop();
    expect(letBy(asks(99, numbers(5000, 30)))).toBeLessThanOrEqual(10);
    expect(letBy(asks(98, numbers(9000, 30), 1_000, 'missed'))).toBeLessThanOrEqual(10);
  });

  test('is not stopped where it asks for its own', () => {
    const { asks, ownOf } = shop();
    asks(3, numbers(1004, 12));
    expect(asks(3, ownOf(3))).toEqual(Array(ORDERS_EACH).fill(null));
  });

  test('is let go when it has stopped for two days, and not by a repeated request', () => {
    const { asks } = shop();
    asks(99, numbers(1010, 10));
    expect(asks(99, [1050, 1050, 1050])).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    expect(asks(99, [1060], 2 * DAY)).toEqual([null]);
  });

  test('more slowly than one in four hours by chance, is missed', () => {
    const { asks } = shop();
    expect(letBy(asks(99, numbers(1010, 11, 7), 6 * HOUR))).toBe(-1);
  });
});

describe('who does not', () => {
  test.each([
    ['reads what it has created', (own: string[]) => own],
    ['mistypes a number now and then', (own: string[]) => [...own, '1044', ...own, '1077']],
    ['asks for the same wrong number again and again', () => Array(50).fill('1077')],
    ['follows a few links to what nobody has seen', () => ['7001', '7050', '7100', '7200']],
  ])('%s', (_, ids) => {
    const { asks, ownOf } = shop();
    expect(letBy(asks(1, ids(ownOf(1))))).toBe(-1);
  });

  test('shares with a few: what was given before is no longer another’s', () => {
    const { asks, ownOf } = shop();
    const shared = ownOf(2).slice(0, 2);
    for (let day = 0; day < 30; day++) expect(letBy(asks(1, shared, 12 * HOUR))).toBe(-1);
  });

  test('reads what many have read, which is nobody’s then', () => {
    const { asks, learnt } = shop();
    for (let caller = 1; caller <= 6; caller++) expect(letBy(asks(caller, [1, 500], DAY))).toBe(-1);
    for (const id of ['1', '500']) {
      const { high, low } = learnt.tags.object('shop /orders/{}', id);
      expect(learnt.objects.isPublic(learnt.objects.find(high, low))).toBe(true);
    }
  });

  test('reads everybody’s from the beginning, and goes on with it', () => {
    const { asks, orders } = shop({ learning: true });
    const words = asks(50, numbers(1001, 60));
    expect(words.filter((word) => word !== null)).toEqual(['reads-all-learnt']);
    expect(orders.readersOfAll.has(50)).toBe(true);
    expect(letBy(asks(50, numbers(1001, 100), HOUR))).toBe(-1);
    expect(letBy(asks(99, numbers(1010, 30)))).toBe(4);
  });

  test('is one of two that there are', () => {
    const learnt = new LearntOwnership(Buffer.alloc(32));
    const orders = learnt.resource('o');
    learnt.created(orders, 1, numbers(1, 100).map(String), DAY);
    const words = numbers(1, 100).map((id) => learnt.ask(orders, 2, String(id), 9 * DAY + id, 0)?.word ?? null);
    expect(letBy(words.slice(50))).toBe(-1);
  });
});

test('objects that most callers read of one another are shared, and nobody is held to walk through them', () => {
  const learnt = new LearntOwnership(Buffer.alloc(32));
  const products = learnt.resource('shop /products/{}');
  let now = DAY;
  for (let caller = 1; caller <= 4; caller++) {
    for (const id of numbers(1, 40)) {
      now += 1_000;
      const ask = learnt.ask(products, caller, String(id), now, PERIOD);
      if (ask !== null) learnt.settle(ask, 'given', now);
    }
  }
  const late = numbers(1, 60).map(
    (id) => learnt.ask(products, 77, String(id), now + PERIOD + id, PERIOD)?.word ?? null,
  );
  expect(letBy(late)).toBe(-1);
});

test('a list with many objects of others teaches nothing', () => {
  const { learnt, orders, asks } = shop();
  learnt.listed(orders, 99, numbers(1001, 100).map(String), DAY + PERIOD, PERIOD);
  expect(letBy(asks(99, numbers(1010, 30)))).toBe(4);
});

test.each([
  ['42', ['39', '40', '41', '43', '44', '45']],
  ['1', ['0', '2', '3', '4']],
  ['INV-0099', ['INV-0096', 'INV-0097', 'INV-0098', 'INV-0100', 'INV-0101', 'INV-0102']],
  ['abc', []],
  ['12345678901234567890x', []],
])('%s stands beside %j', (id, expected) => {
  expect(neighbours(id)).toEqual(expected);
});
