import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PolicyDecision } from '../../contracts/events/gateway-event.ts';
import { call, openRecord, type Record, START } from './testdata/record.ts';

let record: Record;
beforeEach(async () => {
  record = await openRecord();
});
afterEach(() => record.close());

const DAY = 86_400_000;
const allow: PolicyDecision = { policy: 'authenticate', decision: 'allow' };
const wrong = (place: string, rule = 'maxLength'): PolicyDecision => ({
  ...{ policy: 'validate', decision: 'would-deny', code: 'input-invalid' },
  ...{ detail: `${place}: ${rule}`, places: [place.replaceAll(/\[\d+\]/g, '[]')] },
});
const at = (days: number) => new Date(START + days * DAY).toISOString();

test('what policies decided is counted by day, caller and reason, allowing aside', async () => {
  await record.send([
    call(1, { decisions: [allow, wrong('body.items[0].note')] }),
    call(2, { decisions: [allow, wrong('body.items[7].note')] }),
    call(3, { decisions: [wrong('body.items[0].note')], consumer: null }),
    call(4, { decisions: [wrong('body.count', 'type')], time: at(1) }),
    call(5, { decisions: [{ policy: 'bans', decision: 'deny', code: 'address-banned' }], service: null, route: null }),
    call(6),
  ]);
  const day = Math.floor(START / DAY);
  const place = { policy: 'validate', decision: 'would-deny', service: 'shop', route: 'GET /orders/{id}' };
  const input = { ...place, code: 'input-invalid' };
  const ban = { policy: 'bans', decision: 'deny', service: null, route: null };
  const { counts, findings } = await record.activity.decisions(START);
  expect(findings.toSorted((a, b) => (a.latest < b.latest ? -1 : 1))).toEqual([
    { ...input, consumer: 'web-shop', about: 'body.items[].note: maxLength', calls: 2, latest: call(2).id },
    { ...input, consumer: null, about: 'body.items[].note: maxLength', calls: 1, latest: call(3).id },
    { ...input, consumer: 'web-shop', about: 'body.count: type', calls: 1, latest: call(4).id },
    { ...ban, code: 'address-banned', consumer: 'web-shop', about: null, calls: 1, latest: call(5).id },
  ]);
  expect(counts).toHaveLength(4);
  expect(counts).toEqual(
    expect.arrayContaining([
      { ...place, day, known: true, calls: 2 },
      { ...place, day, known: false, calls: 1 },
      { ...place, day: day + 1, known: true, calls: 1 },
      { ...ban, day, known: true, calls: 1 },
    ]),
  );
  expect((await record.activity.decisions(START + DAY)).findings.map(({ latest }) => latest)).toEqual([call(4).id]);
});

test('batches add up, and a batch that is sent twice counts once', async () => {
  const watched = (seq: number) => call(seq, { decisions: [wrong('body.note')] });
  await record.send([watched(1), watched(2)]);
  await record.send([watched(1), watched(2), watched(3)]);
  expect(await record.activity.decisions(START)).toMatchObject({
    counts: [{ calls: 3 }],
    findings: [{ calls: 3, latest: call(3).id }],
  });
});

test('calls that would have been stopped are found, and say so; personal values of an answer are told', async () => {
  const changed: PolicyDecision = { policy: 'response-guard', decision: 'would-change', code: 'answer-covered' };
  await record.send([
    call(1),
    call(2, { decisions: [wrong('body.note')], personal: { email: 3 } }),
    call(3, { decisions: [changed], consumer: 'till' }),
    call(4, { decisions: [{ ...changed, decision: 'changed' }] }),
  ]);
  const search = async (some: object) => {
    const query = { limit: 50, direction: 'all', outcome: 'would-stop', ...some } as const;
    return (await record.activity.search(query)).events.map(({ id, would }) => [id, would]);
  };
  expect(await search({})).toEqual([
    [call(3).id, true],
    [call(2).id, true],
  ]);
  expect(await search({ consumer: 'till' })).toEqual([[call(3).id, true]]);
  expect((await record.activity.find(call(2).id)).personal).toEqual({ email: 3 });
  expect((await record.activity.find(call(1).id)).personal).toEqual({});
});

test('old decisions go with the pictures', async () => {
  await record.send([call(1, { decisions: [wrong('body.note')] })]);
  record.clock.at = START + 2 * 366 * DAY;
  await record.activity.removeOld(new AbortController().signal);
  expect((await record.activity.decisions(START)).counts).toHaveLength(1);
  record.clock.at = START + 4 * 366 * DAY;
  await record.activity.removeOld(new AbortController().signal);
  expect(await record.activity.decisions(START)).toEqual({ counts: [], findings: [] });
});
