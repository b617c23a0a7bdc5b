import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GatewayEvent } from '../../contracts/events/gateway-event.ts';
import { call, ndjson, openRecord, type Record, START } from './testdata/record.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const time = new Date(START).toISOString();

describe('events are stored once', () => {
  test('the same batch twice, and overlapping batches', async () => {
    expect(await record.send([call(1), call(2), call(3)])).toBe(3);
    expect(await record.send([call(1), call(2), call(3)])).toBe(3);
    expect(await record.send([call(2), call(3), call(4), call(5)])).toBe(5);
    expect(await record.ids()).toEqual([1, 2, 3, 4, 5].map((seq) => call(seq).id));
    expect(await record.gaps()).toEqual([]);
  });

  test('two senders at once, and two gateways that count for themselves', async () => {
    await Promise.all([record.send([call(1), call(2)]), record.send([call(1), call(2), call(3)])]);
    expect(await record.ids()).toHaveLength(3);
    await record.send([call(1, { id: 'other' })], 'gw2');
    expect(await record.ids()).toHaveLength(4);
  });

  test('an empty batch and blank lines change nothing', async () => {
    expect(await record.send([])).toBe(0);
    expect(await record.send(['', '  ', ''])).toBe(0);
    expect(await record.gaps()).toEqual([]);
  });
});

describe('what is missing is known', () => {
  test('a hole in the numbers', async () => {
    expect(await record.send([call(1), call(5)])).toBe(5);
    expect(await record.gaps()).toEqual([{ first: 2, last: 4, lost: 3, reason: 'missing' }]);
  });

  test('a gap that the gateway tells of, later, is not counted twice', async () => {
    await record.send([call(1), call(5)]);
    await record.send([{ seq: 6, type: 'gap', from: 2, to: 4, reason: 'size-cap', time }]);
    expect(await record.gaps()).toEqual([{ first: 2, last: 4, lost: 3, reason: 'size-cap' }]);
  });

  test('a gap line instead of the events', async () => {
    expect(
      await record.send([call(1), { seq: 5, type: 'gap', from: 2, to: 4, reason: 'disk-full', time }, call(6)]),
    ).toBe(6);
    expect(await record.gaps()).toEqual([{ first: 2, last: 4, lost: 3, reason: 'disk-full' }]);
    const { missing } = await record.activity.summary({ from: START, to: START + 60_000, buckets: 1 });
    expect(missing).toBe(3);
  });
});

describe('an unreadable line', () => {
  test.each([
    ['in the middle', [call(1), '{"seq":2,"type":"requ', call(3)]],
    ['without a legible number', [call(1), '\u0000\u0000garbage', call(3)]],
    ['of an unknown type', [call(1), '{"seq":2,"type":"from-the-future"}', call(3)]],
    ['that is no object', [call(1), '7', call(3)]],
  ])('%s is a damaged gap of one, and the rest is stored', async (_, lines) => {
    expect(await record.send(lines)).toBe(3);
    expect(await record.ids()).toHaveLength(2);
    expect(await record.gaps()).toEqual([{ first: 2, last: 2, lost: 1, reason: 'damaged' }]);
    expect(record.log.join('')).toContain('unreadable event lines');
  });

  test('where no number is missing is counted all the same, once', async () => {
    const lines = [call(1), 'garbage', call(2)];
    await record.send(lines);
    await record.send(lines);
    expect(await record.gaps()).toEqual([{ first: 2, last: 1, lost: 1, reason: 'damaged' }]);
  });

  test.each([
    ['comes again before it', ['garbage', call(3)]],
    ['does not come with it', [call(3)]],
  ])('at the end is noted as lost at once and gets its number from the line that follows; it %s', async (_, next) => {
    expect(await record.send([call(1), 'garbage'])).toBe(1);
    expect(await record.gaps()).toEqual([{ first: 2, last: 1, lost: 1, reason: 'damaged' }]);
    expect(await record.send(next)).toBe(3);
    expect(await record.gaps()).toEqual([{ first: 2, last: 2, lost: 1, reason: 'damaged' }]);
  });

  test('alone is noted once, blocks nothing, and nothing after it is passed over', async () => {
    await record.send([call(1)]);
    for (const lines of [['garbage'], ['garbage'], ['garbage', 'more'], ['garbage', 'more']]) await record.send(lines);
    expect((await record.gaps()).map((gap) => gap.lost)).toEqual([2]);
    expect(await record.send([call(2), call(3)])).toBe(3);
    expect(await record.ids()).toHaveLength(3);
    expect(await record.gaps()).toEqual([]);
  });

  test('with a legible number after a hole does not block the queue', async () => {
    await record.send([call(1)]);
    expect(await record.send(['{"seq":9,"type'])).toBe(9);
    expect((await record.gaps()).reduce((sum, gap) => sum + gap.lost, 0)).toBe(8);
  });

  test('that was cut off at the end of the body is not taken for lost', async () => {
    const whole = ndjson([call(1), call(2)]);
    expect((await record.activity.ingest('gw1', whole.subarray(0, whole.length - 40))).storedThrough).toBe(1);
    expect(await record.send([call(2)])).toBe(2);
    expect(await record.gaps()).toEqual([]);
  });
});

test('the end of a connection completes its call and the bytes of the picture', async () => {
  const upgrade = call(1, { status: 101, bytesIn: 0, bytesOut: 0, durationMs: 3 });
  const end = {
    seq: 2,
    type: 'stream-end',
    id: upgrade.id,
    bytesIn: 70,
    bytesOut: 900,
    durationMs: 3_600_000,
    reason: 'revoked',
    time,
  } as const;
  await record.send([upgrade, end]);
  const detail = await record.activity.find(upgrade.id);
  expect(detail).toMatchObject({ ended: 'revoked', bytesIn: 70, bytesOut: 900, durationMs: 3_600_000, status: 101 });
  const rollups = await record.database
    .tables<{ activity_rollups: { bytes_out: number; sum_us: number; calls: number } }>()
    .selectFrom('activity_rollups')
    .select(['bytes_out', 'calls', 'sum_us'])
    .execute();
  expect(rollups).toEqual(Array(3).fill({ bytes_out: 900, calls: 1, sum_us: 0 }));
});

test('an end without its beginning is said in the log and does not block', async () => {
  expect(
    await record.send([
      { seq: 1, type: 'stream-end', id: 'gone', bytesIn: 0, bytesOut: 0, durationMs: 1, reason: 'client', time },
    ]),
  ).toBe(1);
  expect(record.log.join('')).toContain('gone');
});

test('keys that were used are announced with their latest call', async () => {
  await record.send([call(1), call(2, { key: 'k_b' }), call(3), call(4, { key: null })]);
  expect(record.used).toEqual([
    [
      { key: 'k_web', at: START + 3_000 },
      { key: 'k_b', at: START + 2_000 },
    ],
  ]);
  await record.send([call(4, { key: null })]);
  expect(record.used).toHaveLength(1);
});

test('however a stream is cut, repeated and damaged, every readable event is stored once and every loss is counted', async () => {
  const piece = fc.constantFrom('call', 'call', 'call', 'call', 'hole', 'torn', 'garbage', 'gap');
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 1, maxLength: 40 }),
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 12 }), lostReceipt: fc.boolean() }), {
        minLength: 1,
        maxLength: 40,
      }),
      async (pieces, cuts) => {
        const one = await openRecord();
        try {
          await shipAll(one, pieces, cuts);
        } finally {
          await one.close();
        }
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

type Line = { seq: number; text: GatewayEvent | string };

/** Plays a gateway: goes on after what the receipt says, or, when the receipt is lost, sends from where it was once more. */
async function shipAll(
  one: Record,
  pieces: readonly string[],
  cuts: readonly { size: number; lostReceipt: boolean }[],
) {
  const lines: Line[] = [];
  let seq = 0;
  let lost = 0;
  for (const piece of pieces) {
    seq += 1;
    if (piece === 'call') lines.push({ seq, text: call(seq) });
    else lost += 1;
    if (piece === 'torn') lines.push({ seq, text: JSON.stringify(call(seq)).slice(0, 60) });
    if (piece === 'garbage') lines.push({ seq, text: '#'.repeat(20) + seq });
    if (piece === 'gap') {
      lines.push({ seq: seq + 1, text: { seq: seq + 1, type: 'gap', from: seq, to: seq, reason: 'age-cap', time } });
      seq += 1;
    }
  }
  lines.push({ seq: seq + 1, text: call(seq + 1) });
  let cursor = 0;
  let round = 0;
  while (cursor <= seq && round < 400) {
    const { size, lostReceipt } = cuts[round % cuts.length] ?? { size: 5, lostReceipt: false };
    round += 1;
    // As the gateway does, ever more is sent when the last batch brought nothing forward.
    const rest = lines.filter((line) => line.seq > cursor).slice(0, size + Math.floor(round / 4));
    const through = await one.send(rest.map((line) => line.text));
    if (!lostReceipt || round % 3 === 0) cursor = Math.max(cursor, through);
  }
  expect(cursor).toBe(seq + 1);
  // What is noted about unreadable lines at the end of a batch is settled by the line after them.
  lines.push({ seq: seq + 2, text: call(seq + 2) });
  expect(await one.send([call(seq + 2)])).toBe(seq + 2);
  const expected = lines.flatMap(({ text }) => (typeof text !== 'string' && text.type === 'request' ? [text.id] : []));
  expect((await one.ids()).toSorted()).toEqual(expected.toSorted());
  const counted = (await one.gaps()).reduce((sum, gap) => sum + gap.lost, 0);
  expect(counted).toBe(lost);
  const summary = await one.activity.summary({ from: START - 60_000, to: START + 3_600_000, buckets: 3 });
  expect(summary.total).toBe(expected.length);
}
