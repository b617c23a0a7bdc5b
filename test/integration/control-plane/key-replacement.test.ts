import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { installed } from './installed.ts';
import type { ControlPlane } from './test-control-plane.ts';

const HOUR = 3_600_000;

const makeKey = async (plane: ControlPlane, expiresAt: string | null = null) =>
  (await plane.call('POST', '/api/keys', { consumer: 'web-shop', scopes: ['a'], expiresAt })).body;

const shown = async (plane: ControlPlane, id: string) =>
  (await plane.call('GET', '/api/keys')).body.items.find((key) => key.id === id);

test('a replaced key goes on for three days beside the new one, and shows whether it was used since', async () => {
  const { plane, status } = await installed();
  const { key, secret } = await makeKey(plane);
  expect(await status(secret)).toBe(200);
  await expect.poll(async () => (await shown(plane, key.id))?.lastUsedAt, { timeout: 5_000 }).not.toBeNull();
  plane.clock.advance(1);
  const { status: code, body } = await plane.call('POST', `/api/keys/${key.id}/replace`, {});
  expect(code).toBe(201);
  expect(body.change.live).toBe(true);
  const replaced = (await shown(plane, key.id)) as Record<string, string>;
  expect(replaced).toMatchObject({ replacedBy: body.key.id, revokedAt: null, leaked: false });
  const since = Date.parse(replaced.replacedAt ?? '');
  expect(Date.parse(replaced.expiresAt ?? '') - since).toBe(72 * HOUR);
  expect(body.key).toMatchObject({ consumer: 'web-shop', scopes: ['a'], expiresAt: null, replacedBy: null });
  expect([await status(secret), await status(body.secret)]).toEqual([200, 200]);

  expect((await plane.call('POST', `/api/keys/${key.id}/replace`, {})).body.code).toBe('key-replaced');
  const lastUse = async () => Date.parse(String((await shown(plane, key.id))?.lastUsedAt));
  await expect.poll(lastUse, { timeout: 5_000 }).toBeGreaterThanOrEqual(since);
  plane.clock.advance(72 * HOUR - 1);
  expect(await status(secret)).toBe(200);
  plane.clock.advance(1);
  expect([await status(secret), await status(body.secret)]).toEqual([401, 200]);
  expect((await plane.call('DELETE', `/api/keys/${key.id}`)).status).toBe(200);
  expect((await plane.call('POST', `/api/keys/${key.id}/replace`, {})).body.code).toBe('key-revoked');
  const { body: audit } = await plane.call('GET', '/api/audit');
  expect(audit.items.map((entry) => entry.action)).toContain('key.replace');
  expect(JSON.stringify(audit)).not.toContain(body.secret);
});

test('the overlap may be none to thirty days, and never gives a key more time than it had', async () => {
  const { plane, status } = await installed();
  const soon = new Date(plane.clock.now() + 5 * HOUR).toISOString();
  const short = await makeKey(plane, soon);
  const longer = await plane.call('POST', `/api/keys/${short.key.id}/replace`, { overlapHours: 720 });
  expect((await shown(plane, short.key.id))?.expiresAt).toBe(soon);
  expect(Date.parse(longer.body.key.expiresAt ?? '') - plane.clock.now()).toBeLessThanOrEqual(5 * HOUR);
  const { key, secret } = await makeKey(plane);
  const atOnce = await plane.call('POST', `/api/keys/${key.id}/replace`, { overlapHours: 0 });
  expect(atOnce.body.change.live).toBe(true);
  expect([await status(secret), await status(atOnce.body.secret)]).toEqual([401, 200]);
  for (const overlapHours of [-1, 721, 1.5, '72']) {
    expect((await plane.call('POST', `/api/keys/${short.key.id}/replace`, { overlapHours })).status).toBe(400);
  }
  expect((await plane.call('POST', '/api/keys/k_nobody/replace', {})).status).toBe(404);
});

test('a key that leaked is turned away within a second, its open stream is closed, and a new one works', async () => {
  const { plane, call, status } = await installed();
  const { key, secret } = await makeKey(plane);
  const stream = await call(secret, '/live');
  expect(stream.status).toBe(200);
  const reader = stream.body?.getReader();
  await reader?.read();
  const closed = (async () => {
    while (!(await reader?.read())?.done);
  })().catch(() => {});
  const clicked = performance.now();
  const answered = plane.call('POST', `/api/keys/${key.id}/leaked`, { replace: true });
  // What the key has open is cut off, so a call of that very moment may break instead of being answered.
  while ((await status(secret).catch(() => 0)) !== 401) await wait(5);
  const until401 = performance.now() - clicked;
  await closed;
  const untilClosed = performance.now() - clicked;
  console.info(`leaked: 401 after ${until401.toFixed(0)} ms, stream closed after ${untilClosed.toFixed(0)} ms`);
  expect(until401).toBeLessThan(1_000);
  expect(untilClosed).toBeLessThan(1_000);
  const { status: code, body } = await answered;
  expect(code).toBe(200);
  expect(await status(body.secret)).toBe(200);
  expect(await shown(plane, key.id)).toMatchObject({ leaked: true, replacedBy: body.key.id });
  const again = await plane.call('POST', `/api/keys/${body.key.id}/leaked`, {});
  expect(again.body).toMatchObject({ key: null, secret: null, change: { live: true } });
  expect(await status(body.secret)).toBe(401);
  const { body: audit } = await plane.call('GET', '/api/audit');
  expect(audit.items.filter((entry) => entry.action === 'key.leak')).toHaveLength(2);
});
