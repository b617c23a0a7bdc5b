import { expect, test } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { GatewayEvent } from '../../../src/contracts/events/gateway-event.ts';
import type { RecordedCall } from '../../../src/contracts/events/recorded-call.ts';
import { createForesight } from '../../../src/gateway/foresight/foresee.ts';
import { createJudge } from '../../../src/gateway/foresight/judge.ts';
import { stageOf } from '../../../src/gateway/foresight/recorded-stage.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const LIMIT = 6;

function toCall(event: GatewayEvent): RecordedCall[] {
  if (event.type !== 'request') return [];
  const wouldDeny = event.decisions
    .filter(({ decision }) => decision === 'would-deny')
    .map(({ policy, code = '' }) => ({ policy, code }));
  return [{ ...event, time: Date.parse(event.time), wouldDeny }];
}

test('what the real gateway let in, its own rules let in again; what stricter rules refuse, they were said to refuse', async () => {
  const upstream = await startUpstream();
  const [web, till] = [keyFor('k1'), keyFor('k2', { scopes: ['orders'] })];
  const config = (stricter: boolean): Omit<GatewayConfig, 'version'> => ({
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/open' }, auth: stricter ? 'required' : 'none' },
          { match: { path: '/orders/{id}', methods: ['GET'] }, ...(stricter ? { scopes: ['orders'] } : {}) },
          { match: { path: '/Files/*' } },
          ...(stricter ? [] : [{ match: { path: '/gone' } }]),
          {
            match: { path: '/limited' },
            rateLimit: [{ key: 'consumer', quota: stricter ? LIMIT : 100, window: '1h' }],
          },
          { match: { path: '/bodies', methods: ['POST'] }, limits: { body: stricter ? '4B' : '1KiB' } },
          { match: { path: '/watched' }, mode: stricter ? 'enforce' : 'monitor' },
        ],
      },
    ],
    consumers: [
      { name: 'web', keys: [web.config] },
      { name: 'till', keys: [till.config] },
    ],
  });
  const running = await startGateway(config(false));
  const before = running.gateway.snapshot();
  const calls: [path: string, key: string | null, method?: string][] = [
    ['/open', null],
    ['/orders/7', web.secret],
    ['/orders/7', till.secret],
    ['/Files/a/9/b', web.secret],
    ['/gone', web.secret],
    ...Array.from({ length: 9 }, (): [string, string] => ['/limited', web.secret]),
    ['/limited', till.secret],
    ['/bodies', web.secret, 'POST'],
    ['/watched', null],
    ['/watched', 'wrong'],
    ['/nowhere', null],
    ['/orders/7', null],
  ];
  const make = async () => {
    const statuses: number[] = [];
    for (const [path, key, method = 'GET'] of calls) {
      const init = {
        method,
        ...(method === 'POST' ? { body: '12345' } : {}),
        headers: key === null ? {} : { 'x-api-key': key },
      };
      statuses.push((await fetch(running.url + path, init)).status);
    }
    return statuses;
  };
  const first = await make();
  const recorded = running.events().flatMap(toCall);
  expect(recorded).toHaveLength(calls.length);
  if (before === null) throw new Error('nothing is in force');

  const own = await createJudge(before, before);
  const letIn = recorded.filter((call) => stageOf(call) === 'let-in');
  expect(letIn.map((call) => own.judge(call, 'let-in'))).toEqual(letIn.map(() => null));

  await running.apply(config(true));
  const after = running.gateway.snapshot();
  if (after === null) throw new Error('nothing is in force');
  const foresight = await createForesight(before, after);
  for (const call of recorded) foresight.add(call);
  const { turnedAwayCalls, turnedAway } = foresight.result();
  const second = await make();
  const refusedNow = second.filter((status, place) => status >= 400 && (first[place] ?? 0) < 400).length;
  expect(turnedAwayCalls).toBe(refusedNow);
  const codes = turnedAway.map(({ code }) => code).sort();
  const real = running.events().flatMap(toCall).slice(calls.length);
  const realCodes = real.flatMap(({ code }, place) => (code !== null && (first[place] ?? 0) < 400 ? [code] : []));
  expect(new Set(codes)).toEqual(new Set(realCodes));
});
