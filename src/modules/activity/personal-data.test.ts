import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, openRecord, type Record, START } from './testdata/record.ts';

const DAY = 86_400_000;
let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

test('what answers held is summed by route and kind, once for a batch sent twice', async () => {
  const batch = [
    call(1, { personal: { email: 2, name: 1 } }),
    call(2, { personal: { email: 3 } }),
    call(3, { route: 'GET /customers', personal: { phone: 7, email: 0 } }),
    call(4),
    call(5, { service: null, route: null, personal: { email: 9 } }),
  ];
  await record.send(batch);
  await record.send(batch);
  expect(await record.activity.personalData(30)).toEqual([
    { service: 'shop', route: 'GET /customers', kinds: [{ kind: 'phone', answers: 1, values: 7 }] },
    {
      service: 'shop',
      route: 'GET /orders/{id}',
      kinds: [
        { kind: 'email', answers: 2, values: 5 },
        { kind: 'name', answers: 1, values: 1 },
      ],
    },
  ]);
});

test('only the days that are asked for count, and what is too old is removed', async () => {
  await record.send([call(1, { personal: { email: 2 } })]);
  record.clock.at = START + 3 * DAY;
  await record.send([call(2, { time: new Date(record.clock.at).toISOString(), personal: { email: 5 } })]);
  const values = async (days: number) => (await record.activity.personalData(days))[0]?.kinds[0]?.values;
  expect(await values(3)).toBe(5);
  expect(await values(4)).toBe(7);
  record.clock.at = START + 5_000 * DAY;
  await record.activity.removeOld(new AbortController().signal);
  expect(await values(10_000)).toBeUndefined();
});
