import { afterEach, beforeEach, expect, test } from 'vitest';
import { ActivityQuery } from '../../contracts/api/activity.ts';
import { call, openRecord, type Record, START } from './testdata/record.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const HOUR_MS = 3_600_000;
const out = { direction: 'outbound', service: 'stripe', route: 'stripe GET /v1/*', path: '/v1/customers' } as const;
const calls = [
  call(1),
  call(2, { ...out }),
  call(3, { ...out, status: 403, code: 'vendor-call-not-allowed' }),
  call(4, { status: 401, code: 'key-missing', consumer: null, key: null }),
  call(5, { ...out }),
];

test('calls that are made are counted apart from calls that come in', async () => {
  await record.send(calls);
  const span = { from: START, to: START + HOUR_MS, buckets: 4 };
  const inbound = await record.activity.summary(span);
  const outbound = await record.activity.summary({ ...span, direction: 'outbound' });
  expect(inbound).toMatchObject({ total: 2, letIn: 1, turnedAway: 1, reasons: [{ code: 'key-missing', count: 1 }] });
  expect(outbound).toMatchObject({
    ...{ total: 3, letIn: 2, turnedAway: 1, reasons: [{ code: 'vendor-call-not-allowed', count: 1 }] },
    ...{ slowest: [{ service: 'stripe', count: 2 }], topAddresses: [{ address: '203.0.113.7', count: 3 }] },
  });
  expect(inbound.topAddresses).toMatchObject([{ address: '203.0.113.7', count: 2 }]);
});

test.each([
  [{}, [5, 4, 3, 2, 1]],
  [{ direction: 'outbound' }, [5, 3, 2]],
  [{ direction: 'inbound' }, [4, 1]],
  [{ direction: 'outbound', outcome: 'turned-away' }, [3]],
])('a search for %o', async (filter, found) => {
  await record.send(calls);
  const { events } = await record.activity.search(ActivityQuery.parse(filter));
  expect(events.map(({ id }) => Number(id.slice(5)))).toEqual(found);
  expect(events.map(({ direction }) => direction)).toEqual(
    found.map((seq) => ([2, 3, 5].includes(seq) ? 'outbound' : 'inbound')),
  );
});

test('old calls go, of either direction', async () => {
  await record.send(calls);
  record.clock.at = START + 4_000 * 86_400_000;
  await record.activity.removeOld(new AbortController().signal);
  expect(await record.ids()).toEqual([]);
  const span = { from: START, to: START + HOUR_MS, buckets: 1 };
  expect((await record.activity.summary({ ...span, direction: 'outbound' })).total).toBe(0);
});
