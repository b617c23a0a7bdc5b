import { describe, expect, it } from 'vitest';
import { startUpstreamProcess } from '../../fixtures/upstream-process.ts';
import { startGateway } from './start-gateway.ts';

const KEYED = { 'Idempotency-Key': 'order-17' };
const routes = [{ match: { path: '/*' }, auth: 'none' as const }];

/** What reaches an application that reads each request and resets the connection. */
const CASES = [
  { method: 'GET', headers: {}, optedIn: false, arrives: 2 },
  { method: 'HEAD', headers: {}, optedIn: false, arrives: 2 },
  { method: 'POST', headers: {}, optedIn: false, arrives: 1 },
  { method: 'PUT', headers: {}, optedIn: false, arrives: 1 },
  { method: 'DELETE', headers: {}, optedIn: false, arrives: 1 },
  { method: 'POST', headers: KEYED, optedIn: false, arrives: 1 },
  { method: 'POST', headers: {}, optedIn: true, arrives: 1 },
  { method: 'POST', headers: KEYED, optedIn: true, arrives: 2 },
];

describe('an application that reads the request and then resets', () => {
  it.each(CASES)('$method with $headers, retry: $optedIn, gets it $arrives time(s)', async (one) => {
    const { method, headers, optedIn, arrives } = one;
    const [a, b] = await Promise.all([startUpstreamProcess('a'), startUpstreamProcess('b')]);
    const gateway = await startGateway({
      services: [{ name: 's', upstream: [a.url, b.url], retry: { idempotencyKey: optedIn }, routes }],
    });
    const body = method === 'POST' || method === 'PUT' ? { body: 'x'.repeat(1_000) } : {};
    const response = await fetch(`${gateway.url}/reset`, { method, headers, ...body });
    expect(response.status).toBe(502);
    expect([...a.requests(), ...b.requests()]).toEqual(Array(arrives).fill(`${method} /reset`));
    expect(gateway.events()[0]).toMatchObject({ code: 'upstream-failed' });
  });
});

describe('times', () => {
  it.each([
    { what: 'begins to answer too late', path: '/slow/1500', status: 504, code: 'upstream-timeout' },
    { what: 'answers in time', path: '/slow/100', status: 200, code: null },
  ])('an application that $what: $status', async ({ path, status, code }) => {
    const a = await startUpstreamProcess('a');
    const gateway = await startGateway({
      services: [{ name: 's', upstream: a.url, timeouts: { response: '700ms' }, routes }],
    });
    expect((await fetch(gateway.url + path)).status).toBe(status);
    expect(gateway.events()[0]).toMatchObject({ status, code });
  });

  it('an application that falls silent in the middle of its answer: cut off', async () => {
    const a = await startUpstreamProcess('a');
    const gateway = await startGateway({
      services: [{ name: 's', upstream: a.url, timeouts: { idle: '500ms' }, routes }],
    });
    const response = await fetch(`${gateway.url}/half`);
    await expect(response.text()).rejects.toThrow();
    expect(gateway.events()[0]).toMatchObject({ status: 200, aborted: 'upstream' });
  });
});
