import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, openRecord, type Record, START } from './testdata/record.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const DAY = 86_400_000;
const never = new AbortController().signal;

async function addresses(): Promise<string[]> {
  const db = record.database.tables<{ activity_words: { kind: string; text: string } }>();
  const rows = await db.selectFrom('activity_words').select('text').where('kind', '=', 'address').execute();
  return rows.map((row) => row.text);
}

test('calls and addresses go after their time, pictures stay longer, and what is young stays', async () => {
  const old = Array.from({ length: 1_300 }, (_, at) => call(at + 1, { address: '198.51.100.1' }));
  await record.send(old);
  record.clock.at = START + 403 * DAY;
  const young = call(1_301, { time: new Date(record.clock.at - DAY).toISOString() });
  await record.send([young]);
  const removed = await record.activity.removeOld(never);
  expect(removed.calls).toBe(1_300);
  expect(await record.ids()).toEqual([young.id]);
  expect(await addresses()).toEqual(['203.0.113.7']);
  const picture = await record.activity.summary({ from: START, to: START + DAY, buckets: 1 });
  expect(picture).toMatchObject({ total: 1_300, topAddresses: [] });
  expect(picture.slowest[0]?.route).toBe('GET /orders/{id}');

  record.clock.at = START + 4 * 366 * DAY;
  await record.activity.removeOld(never);
  expect((await record.activity.summary({ from: START, to: START + DAY, buckets: 1 })).total).toBe(0);
  expect(await record.ids()).toEqual([]);
});

test('texts that were removed come back right when they are needed again', async () => {
  await record.send([call(1, { address: '198.51.100.1' })]);
  record.clock.at = START + 500 * DAY;
  await record.activity.removeOld(never);
  await record.send([call(2, { address: '198.51.100.2', time: new Date(record.clock.at).toISOString() })]);
  await record.send([call(3, { address: '198.51.100.1', time: new Date(record.clock.at).toISOString() })]);
  expect((await record.activity.find(call(2).id)).address).toBe('198.51.100.2');
  expect((await record.activity.find(call(3).id)).address).toBe('198.51.100.1');
});

test('the job ends early when it is told to', async () => {
  await record.send(Array.from({ length: 600 }, (_, at) => call(at + 1)));
  record.clock.at = START + 500 * DAY;
  expect((await record.activity.removeOld(AbortSignal.abort())).calls).toBe(0);
  expect(await record.ids()).toHaveLength(600);
});
