import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AddressCalls, AlikeCalls, Foresight, RecordedCall } from '../../contracts/events/recorded-call.ts';
import { replayCalls } from './replay.ts';
import { call, openRecord, type Record, START } from './testdata/record.ts';
import { Words } from './words.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const HOUR = 3_600_000;
const SPAN = { from: START - HOUR, to: START + 24 * HOUR };
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();

type Seen = { calls: RecordedCall[]; alike: AlikeCalls[]; addresses: AddressCalls[] };

/** What a foresight is shown. */
async function shown(mostCalls?: number, needsMinutes = false, signal = new AbortController().signal): Promise<Seen> {
  const seen: Seen = { calls: [], alike: [], addresses: [] };
  const foresight: Foresight = {
    needsMinutes,
    add: (one) => void seen.calls.push(one),
    addAlike: (one) => void seen.alike.push(one),
    addAddress: (one) => void seen.addresses.push(one),
    result: () => {
      throw new Error('nobody asked');
    },
  };
  await replayCalls({ database: record.database, words: new Words() }, SPAN, foresight, signal, mostCalls);
  return seen;
}

test('calls come in the order of their time, whole, with what watching policies said', async () => {
  const decisions = [{ policy: 'validate', decision: 'would-deny' as const, code: 'input-invalid' }];
  const told = [{ policy: 'ownership', decision: 'would-deny' as const, code: 'not-owner', detail: 'customer 7' }];
  await record.send([
    call(1, { time: at(2), decisions }),
    call(2, { time: at(1), status: 429, code: 'rate-limited' }),
    call(3, { time: at(3), decisions: told, bytesIn: 77 }),
    call(4, { time: at(30) }),
  ]);
  const { calls, alike } = await shown();
  expect(calls.map(({ time }) => (time - START) / HOUR)).toEqual([1, 2, 3]);
  expect(calls[0]).toMatchObject({ code: 'rate-limited', wouldDeny: [] });
  expect(calls[1]).toMatchObject({
    ...{ service: 'shop', route: 'GET /orders/{id}', method: 'GET', consumer: 'web-shop', address: '203.0.113.7' },
    wouldDeny: [{ policy: 'validate', code: 'input-invalid' }],
  });
  expect(calls[2]).toMatchObject({ bytesIn: 77, wouldDeny: [{ policy: 'ownership', code: 'not-owner' }] });
  expect(alike).toEqual([]);
});

test.each([false, true])(
  'more than may be looked at one by one: the older ones by their roll-ups (minutes: %s)',
  async (minutes) => {
    await record.send([
      ...[1, 2, 3].map((seq) => call(seq, { time: at(1 + seq / 100) })),
      call(4, { time: at(2.5), status: 401, code: 'key-missing', consumer: null, key: null }),
      ...[5, 6, 7].map((seq) => call(seq, { time: at(5 + seq / 100) })),
    ]);
    const { calls, alike, addresses } = await shown(3, minutes);
    expect(calls).toHaveLength(3);
    expect(alike.reduce((sum, one) => sum + one.calls, 0)).toBe(3);
    expect(alike[0]).toMatchObject({
      route: 'GET /orders/{id}',
      consumer: 'web-shop',
      spanMs: minutes ? 60_000 : HOUR,
    });
    expect(addresses.map(({ address, calls: made }) => [address, made])).toEqual([['203.0.113.7', 3]]);
  },
);

test('who asked may go away', async () => {
  await record.send([call(1)]);
  expect((await shown(undefined, false, AbortSignal.abort())).calls).toEqual([]);
});
