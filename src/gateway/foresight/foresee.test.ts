import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileSnapshot, parseConfig } from '../../configuration/index.ts';
import type { RecordedCall } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { createForesight } from './foresee.ts';

type Case = {
  name: string;
  /** Text to replace in the base configuration. */
  change: [from: string, to: string][];
  /** Changes to the base that are in force before. */
  before?: [from: string, to: string][];
  /** `GET /products as web/k1 from 192.0.2.1 at 0s`, `x 5` behind it for five calls; more members as JSON. */
  calls: string[];
  /** `web POST /orders scope-missing 3`. */
  turnedAway: string[];
  unknown?: string;
};

const { base, cases } = parse(readFileSync(new URL('testdata/plan-cases.yaml', import.meta.url), 'utf8')) as {
  base: string;
  cases: Case[];
};
const NOON = Date.UTC(2026, 0, 5, 12);

function snapshotOf(changes: readonly [string, string][]): GatewaySnapshot {
  const text = changes.reduce((yaml, [from, to]) => {
    if (!yaml.includes(from)) throw new Error(`the base does not hold ${from}`);
    return yaml.replaceAll(from, to);
  }, base);
  const parsed = parseConfig(text);
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  return compileSnapshot(parsed.config, { revision: 1, lock: null });
}

function callsOf(line: string, { routes }: GatewaySnapshot): RecordedCall[] {
  const read =
    /^(\S+) (\S+)(?: of (.+?))?(?: as (\S+?)(?:\/(\S+))?)?(?: from (\S+))?(?: at (\d+)s)?(?: x (\d+))?(?: (\{.*\}))?$/.exec(
      line,
    );
  if (read === null) throw new Error(`no call: ${line}`);
  const [, method = '', path = '', route, consumer, key, address, at = '0', times = '1', more = '{}'] = read;
  const known = routes.find((one) => one.id === (route ?? `${method} ${path}`));
  if (known === undefined) throw new Error(`no route: ${line}`);
  const call: RecordedCall = {
    ...{
      time: NOON + Number(at) * 1000,
      service: known.service,
      route: known.id,
      method,
      path,
      status: 200,
      code: null,
    },
    ...{ consumer: consumer ?? null, key: key ?? null, address: address ?? '192.0.2.1', bytesIn: 0, wouldDeny: [] },
    ...(JSON.parse(more) as Partial<RecordedCall>),
  };
  return Array.from({ length: Number(times) }, () => call);
}

async function foreseen(before: GatewaySnapshot, after: GatewaySnapshot, calls: readonly string[]) {
  const foresight = await createForesight(before, after);
  for (const line of calls) for (const call of callsOf(line, before)) foresight.add(call);
  return foresight.result();
}

describe('whom a configuration would have turned away', () => {
  test('the table is whole', () => expect(cases).toHaveLength(CASES));

  test.each(cases)('$name', async ({ before = [], change, calls, turnedAway, unknown }) => {
    const result = await foreseen(snapshotOf(before), snapshotOf([...before, ...change]), calls);
    const lines = result.turnedAway.map(
      (one) =>
        `${one.consumer ?? one.address}${one.consumer !== null && one.address !== null ? `@${one.address}` : ''} ${one.route} ${one.code}${one.detail === null ? '' : ` (${one.detail})`} ${one.calls}`,
    );
    expect(lines.sort()).toEqual(turnedAway.sort());
    if (unknown === undefined) expect(result.unknown).toEqual([]);
    else expect(result.unknown.join('\n')).toContain(unknown);
  });

  test.each(cases)('in force already, it turns nobody away: $name', async ({ before = [], calls }) => {
    const inForce = snapshotOf(before);
    expect(await foreseen(inForce, inForce, calls)).toMatchObject({ turnedAway: [], turnedAwayCalls: 0, unknown: [] });
  });
});

test('older calls are judged by what roll-ups count, and said to be estimates', async () => {
  const before = snapshotOf([]);
  const tighter = snapshotOf(
    [
      ['key: consumer, quota: 100', 'key: consumer, quota: 10'],
      ['scopes: [admin, orders]', 'scopes: [orders]'],
      ['version: 1\n', 'version: 1\nblocklist: { deny: [198.51.100.7] }\n'],
      ['        auth: none\n', ''],
    ].map(([from = '', to = '']): [string, string] => [from, to.replace(/^$/, '        auth: required\n')]),
  );
  const foresight = await createForesight(before, tighter);
  expect(foresight.needsMinutes).toBe(true);
  const alike = (route: string, consumer: string | null, calls: number, minute: number) =>
    foresight.addAlike({ start: NOON + minute * 60_000, spanMs: 60_000, service: 'shop', route, consumer, calls });
  alike('POST /orders', 'web', 25, 0);
  alike('POST /orders', 'till', 9, 0);
  alike('POST /orders', 'web', 12, 1);
  alike('GET /admin', 'web', 4, 1);
  alike('GET /products', null, 6, 1);
  alike('GET /of-long-ago', 'web', 6, 1);
  foresight.addAddress({ start: NOON, spanMs: 3_600_000, address: '198.51.100.7', calls: 2 });
  const { turnedAway, calls, estimated } = foresight.result();
  expect([calls, estimated]).toEqual([62, 62]);
  expect(turnedAway.every((one) => one.estimated)).toBe(true);
  expect(
    turnedAway.map((one) => `${one.consumer ?? one.address} ${one.route} ${one.code} ${one.calls}`).sort(),
  ).toEqual([
    '198.51.100.7 null address-blocked 2',
    'null GET /products key-missing 6',
    'web GET /admin scope-missing 4',
    'web POST /orders rate-limited 17',
  ]);
});

const CASES = 39;
