import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { call, openRecord, type Record, START } from './testdata/record.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('the picture of a day', async () => {
  await record.send([
    call(1),
    call(2, { durationMs: 100 }),
    call(3, { status: 429, code: 'rate-limited', upstreamMs: null }),
    call(4, { status: 401, code: 'key-missing', consumer: null, key: null, address: '198.51.100.9' }),
    call(5, { status: 504, code: 'upstream-timeout' }),
    call(6, { status: 500 }),
    call(7, { status: 200, aborted: 'upstream' }),
    call(8, { time: new Date(START + 2 * HOUR).toISOString(), route: 'GET /slow', durationMs: 900 }),
  ]);
  const picture = await record.activity.summary({ from: START - 12 * HOUR, to: START + 12 * HOUR, buckets: 24 });
  expect(picture).toMatchObject({ total: 8, letIn: 3, turnedAway: 2, failed: 3, missing: 0 });
  expect(picture.buckets).toHaveLength(24);
  expect(picture.buckets[12]).toEqual({ start: new Date(START).toISOString(), letIn: 2, turnedAway: 2, failed: 3 });
  expect(picture.buckets[14]).toMatchObject({ letIn: 1, turnedAway: 0, failed: 0 });
  expect(picture.reasons.toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
    { code: 'key-missing', count: 1 },
    { code: 'rate-limited', count: 1 },
    { code: 'upstream-timeout', count: 1 },
  ]);
  expect(picture.slowest[0]).toEqual({ route: 'GET /slow', service: 'shop', count: 1, meanMs: 900, maxMs: 900 });
  expect(picture.slowest[1]).toMatchObject({ route: 'GET /orders/{id}', count: 4, maxMs: 100 });
  expect(picture.topCallers).toEqual([
    { consumer: 'web-shop', count: 7, turnedAway: 1 },
    { consumer: null, count: 1, turnedAway: 1 },
  ]);
  expect(picture.topAddresses).toEqual([
    { address: '203.0.113.7', count: 7, turnedAway: 1 },
    { address: '198.51.100.9', count: 1, turnedAway: 1 },
  ]);
});

test('pictures from roll-ups say what a plain count says, whatever the span and the number of buckets', async () => {
  const calls = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 6 * 24 * 60 }),
      code: fc.constantFrom(null, 'rate-limited', 'internal'),
      status: fc.constantFrom(200, 500),
    }),
    { maxLength: 60 },
  );
  const span = fc.record({
    from: fc.integer({ min: -100, max: 5 * 24 * 60 }),
    minutes: fc.integer({ min: 1, max: 6 * 24 * 60 }),
    buckets: fc.integer({ min: 1, max: 288 }),
  });
  await fc.assert(
    fc.asyncProperty(calls, span, async (made, { from, minutes, buckets }) => {
      const one = await openRecord();
      try {
        const events = made.map(({ minute, ...rest }, at) =>
          call(at + 1, { ...rest, time: new Date(START + minute * MINUTE + ((at * 7_919) % MINUTE)).toISOString() }),
        );
        await one.send(events);
        const range = { from: START + from * MINUTE, to: START + (from + minutes) * MINUTE };
        const picture = await one.activity.summary({ ...range, buckets });
        const inside = events.filter(({ time }) => Date.parse(time) >= range.from && Date.parse(time) < range.to);
        expect(picture.total).toBe(inside.length);
        expect([picture.letIn, picture.turnedAway, picture.failed]).toEqual(
          [0, 1, 2].map((outcome) => inside.filter((event) => outcomeOf(event) === outcome).length),
        );
        const starts = picture.buckets.map((bucket) => Date.parse(bucket.start));
        for (const [at, bucket] of picture.buckets.entries()) {
          const ends = starts[at + 1] ?? range.to;
          const there = inside.filter(({ time }) => Date.parse(time) >= (starts[at] ?? 0) && Date.parse(time) < ends);
          expect(bucket.letIn + bucket.turnedAway + bucket.failed).toBe(there.length);
        }
        expect(picture.topAddresses[0]?.count ?? 0).toBe(inside.length);
      } finally {
        await one.close();
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['ends before it begins', START, START - 1],
  ['is longer than what is kept', START - 4 * 366 * 24 * HOUR, START],
])('a span that %s is refused', async (_, from, to) => {
  await expect(record.activity.summary({ from, to, buckets: 1 })).rejects.toMatchObject({ code: 'span-invalid' });
});
