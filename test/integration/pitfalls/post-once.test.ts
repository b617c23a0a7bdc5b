import { Agent, request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { startUpstreamProcess } from '../../fixtures/upstream-process.ts';
import { startGateway } from '../gateway/start-gateway.ts';

/** Retries of POST: an application that took an order and then broke must not get it again. */
it('a POST that the application read before it reset the connection is delivered once and answered with 502', async () => {
  const [a, b] = await Promise.all([startUpstreamProcess('a'), startUpstreamProcess('b')]);
  const gateway = await startGateway({
    services: [{ name: 's', upstream: [a.url, b.url], routes: [{ match: { path: '/*' }, auth: 'none' }] }],
  });
  const agent = new Agent({ connections: 10 });
  onTestFinished(() => agent.destroy());
  const post = async (path: string, body: string | Buffer) => {
    const answer = await request(gateway.url + path, { method: 'POST', body, dispatcher: agent });
    await answer.body.dump();
    return answer.statusCode;
  };
  // Over connections that have served before, which is where a proxy is tempted to try again.
  for (let round = 0; round < 10; round++) {
    expect(await Promise.all(Array.from({ length: 10 }, (_, i) => post(`/warm/${round}-${i}`, 'x')))).toEqual(
      Array(10).fill(200),
    );
    const bodies = ['{"order":1}', '', Buffer.alloc(100_000, 'x')];
    for (const [i, body] of bodies.entries()) expect(await post(`/reset/${round}-${i}`, body)).toBe(502);
  }
  const orders = [...a.requests(), ...b.requests()].filter((line) => line.includes('/reset/'));
  expect(orders).toHaveLength(30);
  expect(new Set(orders).size).toBe(30);
});
