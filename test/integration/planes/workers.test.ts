import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { installation, startBoth } from '../../fixtures/installation.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startLoad } from '../gateway/load.ts';

function stored(data: string): { ids: string[]; gateways: number; gaps: number } {
  const database = new DatabaseSync(join(data, 'nightlatch.db'), { readOnly: true });
  try {
    const rows = database.prepare('SELECT id, gateway FROM activity_events').all();
    return {
      ids: rows.map(({ id }) => String(id)),
      gateways: new Set(rows.map(({ gateway }) => gateway)).size,
      gaps: database.prepare('SELECT n FROM activity_gaps').all().length,
    };
  } finally {
    database.close();
  }
}

it('two workers under a control plane: every call arrives once, a revoked key is out within a second, one worker goes on', async () => {
  const at = await installation();
  const upstream = await startUpstream((_, response) => response.end('{"ok":true}'));
  const started = await startBoth({ ...at, args: [...at.args, '--workers', '2'] });
  const token = readFileSync(join(at.data, 'cli.token'), 'utf8').trim();
  const api = async <Answer>(path: string, body: unknown, method = 'POST'): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${at.consolePort}/api${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === null ? {} : { 'Content-Type': 'application/json' }) },
      body: body === null ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const { service } = await api<{ service: { id: string } }>('/services', { name: 'shop', upstream: upstream.url });
  const route = { path: '/x', methods: ['GET'], auth: 'key', scopes: [], rateLimits: [], mode: 'enforce' };
  await api(`/services/${service.id}/routes`, route);
  const { secret, key } = await api<{ secret: string; key: { id: string } }>('/keys', {
    consumer: 'web',
    scopes: [],
    expiresAt: null,
  });
  const url = `http://127.0.0.1:${at.gatewayPort}/x`;
  const load = startLoad(url, { 'X-API-Key': secret }, { connections: 16, perSecond: 800 });
  await waitUntil(() => load.result.answered.length > 500, 30_000);
  await api(`/keys/${key.id}`, null, 'DELETE');
  // "live" was answered when every gateway had reported it: both workers know.
  const then = load.result.answered.length;
  await waitUntil(() => load.result.answered.length > then + 100, 30_000);
  const { answered, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered.slice(then + 32).every(({ status }) => status === 401)).toBe(true);
  await waitUntil(() => stored(at.data).ids.length === answered.length, 20_000);
  expect(stored(at.data).ids.sort()).toEqual(answered.map(({ id }) => id).sort());
  expect(stored(at.data)).toMatchObject({ gateways: 2, gaps: 0 });
  await started.end();

  // What the second worker has written and not shipped is shipped by a gateway with one.
  await startBoth(at);
  expect((await fetch(url, { headers: { 'X-API-Key': secret } })).status).toBe(401);
  await waitUntil(() => stored(at.data).ids.length === answered.length + 1, 20_000);
  expect(stored(at.data).gaps).toBe(0);
});
