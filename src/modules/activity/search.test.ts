import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ActivityQuery } from '../../contracts/api/activity.ts';
import type { RequestEvent } from '../../contracts/events/gateway-event.ts';
import { outcomeOf } from './outcome.ts';
import { call, openRecord, type Record, START } from './testdata/record.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const query = (filter: object = {}) => ActivityQuery.parse(filter);

async function walk(filter: object, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let before: string | undefined;
  do {
    const page = await record.activity.search(query({ ...filter, limit, ...(before === undefined ? {} : { before }) }));
    expect(page.events.length).toBeLessThanOrEqual(limit);
    ids.push(...page.events.map((event) => event.id));
    before = page.next ?? undefined;
  } while (before !== undefined);
  return ids;
}

test('a call is shown as it was recorded', async () => {
  await record.send([call(1, { code: 'rate-limited', status: 429, upstreamMs: null })]);
  const { events, next } = await record.activity.search(query());
  expect(next).toBeNull();
  const { seq: _, type: _type, decisions: _decisions, revision: _revision, ...shown } = call(1);
  expect(events).toEqual([
    {
      ...shown,
      direction: 'inbound',
      would: false,
      cursor: expect.any(String),
      code: 'rate-limited',
      status: 429,
      upstreamMs: null,
    },
  ]);
});

describe('paging', () => {
  test('a clock set back breaks neither order nor paging', async () => {
    const hourBack = Array.from({ length: 30 }, (_, at) =>
      call(21 + at, { time: new Date(START - 3_600_000 + at * 500).toISOString() }),
    );
    await record.send([...Array.from({ length: 20 }, (_, at) => call(at + 1)), ...hourBack]);
    const first = await walk({}, 7);
    expect(first).toHaveLength(50);
    expect(new Set(first).size).toBe(50);
    const times = (await record.activity.search(query({ limit: 200 }))).events.map((event) => event.time);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('calls of the same millisecond are each shown once, the later arrival first', async () => {
    const time = new Date(START).toISOString();
    await record.send(Array.from({ length: 25 }, (_, at) => call(at + 1, { time })));
    expect(await walk({}, 4)).toEqual(Array.from({ length: 25 }, (_, at) => call(25 - at).id));
  });

  test('new calls do not shift pages that are being read', async () => {
    await record.send([call(1), call(2), call(3), call(4)]);
    const first = await record.activity.search(query({ limit: 2 }));
    await record.send([call(5), call(6)]);
    const second = await record.activity.search(query({ limit: 2, before: first.next ?? '' }));
    expect(second.events.map((event) => event.id)).toEqual([call(2).id, call(1).id]);
  });

  test.each(['', 'x', '1', '1.2.3', "1.1' OR 1=1", '../..'])('a cursor such as %j is refused', async (before) => {
    await expect(record.activity.search(query({ before }))).rejects.toMatchObject({
      code: 'cursor-invalid',
      status: 400,
    });
  });
});

const some = fc.record({
  route: fc.constantFrom('GET /a', 'POST /b', null),
  consumer: fc.constantFrom('web-shop', 'till', null),
  address: fc.constantFrom('203.0.113.7', '2001:db8::1'),
  method: fc.constantFrom('GET', 'POST'),
  status: fc.constantFrom(200, 429, 500),
  code: fc.constantFrom(null, 'rate-limited', 'upstream-timeout'),
  second: fc.integer({ min: 0, max: 30 }),
});
const filter = fc.record(
  {
    outcome: fc.constantFrom('let-in', 'turned-away', 'failed'),
    code: fc.constantFrom('rate-limited', 'upstream-timeout', 'unheard-of'),
    consumer: fc.constantFrom('web-shop', 'till', 'nobody'),
    address: fc.constantFrom('203.0.113.7', '2001:db8::1'),
    route: fc.constantFrom('GET /a', 'POST /b'),
    method: fc.constantFrom('GET', 'POST'),
    status: fc.constantFrom(200, 429, 500, 418),
    from: fc.integer({ min: 0, max: 20 }).map((s) => new Date(START + s * 1000).toISOString()),
    to: fc.integer({ min: 5, max: 40 }).map((s) => new Date(START + s * 1000).toISOString()),
  },
  { requiredKeys: [] },
);

test('any filters together find what a plain look at every call finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(some, { maxLength: 40 }), fc.array(filter, { maxLength: 6 }), async (calls, filters) => {
      const one = await openRecord();
      const before = record;
      record = one;
      try {
        const events = calls.map(({ second, ...differences }, at) =>
          call(at + 1, { ...differences, time: new Date(START + second * 1000).toISOString() }),
        );
        await one.send(events);
        for (const asked of filters) {
          const expected = events
            .filter((event) => fits(event, query(asked)))
            .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time) || b.seq - a.seq);
          expect(await walk(asked, 5)).toEqual(expected.map((event) => event.id));
        }
      } finally {
        record = before;
        await one.close();
      }
    }),
    { numRuns: 25 },
  );
});

const OUTCOME_WORDS = ['let-in', 'turned-away', 'failed'];

function fits(event: RequestEvent, asked: ActivityQuery): boolean {
  if (asked.outcome !== 'all' && OUTCOME_WORDS[outcomeOf(event)] !== asked.outcome) return false;
  if (asked.from !== undefined && event.time < asked.from) return false;
  if (asked.to !== undefined && event.time >= asked.to) return false;
  return (['code', 'consumer', 'address', 'route', 'method', 'status'] as const).every(
    (name) => asked[name] === undefined || asked[name] === event[name],
  );
}

describe('one call by its reference', () => {
  test.each(['01REF000000000000000000002', '  01ref000000000000000000002\n'])('%j finds it', async (reference) => {
    await record.send([
      call(1),
      call(2, { decisions: [{ policy: 'authenticate', decision: 'deny', code: 'key-invalid', detail: 'revoked' }] }),
    ]);
    expect(await record.activity.find(reference)).toMatchObject({
      ...{ id: '01REF000000000000000000002', gateway: 'gw1', revision: 3, aborted: null, ended: null },
      decisions: [{ policy: 'authenticate', decision: 'deny', code: 'key-invalid', detail: 'revoked' }],
      ...{ neededScopes: ['shop|GET /orders/{id}'], keyScopes: ['of k_web'] },
    });
  });

  test('similar calls of the day before are counted, of the same caller, or of the same address without one', async () => {
    const refused = { code: 'rate-limited', status: 429 };
    const nobody = { consumer: null, key: null };
    await record.send([
      call(1, { ...refused, time: new Date(START - 86_400_000).toISOString() }),
      call(2, { ...refused, consumer: 'till' }),
      call(3, refused),
      call(4),
      call(5, { ...refused, address: '198.51.100.1' }),
      call(6, refused),
      call(7, { ...refused, ...nobody }),
      call(8, { ...refused, ...nobody, address: '198.51.100.1' }),
      call(9, { ...refused, ...nobody }),
    ]);
    expect((await record.activity.find(call(6).id)).similarLastDay).toBe(2);
    // The address counts whoever called from it.
    expect((await record.activity.find(call(9).id)).similarLastDay).toBe(4);
  });

  test('an unknown one is said plainly', async () => {
    await expect(record.activity.find("' OR 1=1 --")).rejects.toMatchObject({ code: 'call-unknown', status: 404 });
  });
});
