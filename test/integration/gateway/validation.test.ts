import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSnapshot } from '../../../src/configuration/index.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { shop } from './validated-shop.ts';

describe('watching first', () => {
  it('is what happens unless "enforce" is written: the request goes on, the record says would-deny', async () => {
    const { post, lastEvent } = await shop({ mode: 'monitor' });
    for (const [body, type, code] of [
      ['{"customer":"x"}', 'application/json', 'input-invalid'],
      ['{"customer":1,"customer":2}', 'application/json', 'body-malformed'],
      [randomBytes(50_000).toString('hex').slice(0, 90_000), 'text/csv', 'body-type-unsupported'],
    ] as const) {
      const response = await post('/orders', body, type);
      expect([response.status, await response.text()]).toEqual([200, body]);
      expect(lastEvent()).toMatchObject({
        status: 200,
        code: null,
        decisions: [{ policy: 'validate', decision: 'would-deny', code }],
      });
    }
  });

  it('never sends on a body of which part was read', async () => {
    const { gateway, upstream } = await shop({ mode: 'monitor' });
    const chunk = `${(60_000).toString(16)}\r\n${' '.repeat(60_000)}\r\n`;
    const head =
      'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await sendRaw(gateway.port, `${head}${chunk}${chunk}0\r\n\r\n`, 500);
    expect(statusesOf(answer.text)).toEqual([413]);
    expect(upstream.requests).toEqual([]);
  });

  it('holds for a route that watches, whatever the schema’s own mode; a route that is off looks at nothing', async () => {
    const watching = await shop({ routeMode: 'monitor' });
    expect((await watching.post('/orders', '{}')).status).toBe(200);
    expect(watching.lastEvent()).toMatchObject({ decisions: [{ decision: 'would-deny' }] });
    const off = await shop({ routeMode: 'off' });
    expect((await off.post('/orders', '{}')).status).toBe(200);
    expect(off.lastEvent()).toMatchObject({ decisions: [] });
  });
});

describe('whatever is sent', () => {
  it('never makes the gateway fail, and passes unchanged when it fits', async () => {
    const { post, upstream } = await shop();
    const piece = fc.oneof(
      fc.json(),
      fc.json().map((text) => text.slice(1)),
      fc.string({ unit: 'binary' }),
      fc.nat().map((customer) => JSON.stringify({ customer, items: [{ count: 1 }] })),
    );
    await fc.assert(
      fc.asyncProperty(
        piece,
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded'),
        async (body, type) => {
          upstream.requests.length = 0;
          const response = await post('/orders', body, type);
          const text = await response.text();
          expect([200, 400, 422]).toContain(response.status);
          expect(upstream.requests.length).toBe(response.status === 200 ? 1 : 0);
          if (response.status === 200) expect(text).toBe(body);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a new configuration', () => {
  it('with a broken schema is refused as a whole and the old one stays in service', async () => {
    const { gateway, config, post } = await shop();
    const snapshot = compileSnapshot(GatewayConfig.parse({ version: 1, ...config }), { revision: 9, lock: null });
    const routes = snapshot.routes.map((route) => ({
      ...route,
      validate: route.validate && { ...route.validate, body: { pattern: '(a+)+$' } },
    }));
    const server = gateway.gateway.snapshot()?.server ?? snapshot.server;
    await expect(gateway.gateway.apply({ ...snapshot, server, routes })).rejects.toMatchObject({
      code: 'snapshot-invalid',
      message: expect.stringContaining('several ways'),
    });
    expect(gateway.gateway.snapshot()?.revision).toBe(1);
    expect((await post('/orders', '{}')).status).toBe(422);
    expect((await post('/orders', '{"customer":1}')).status).toBe(200);
  });
});
