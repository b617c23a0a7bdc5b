import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { descendants, installation, isAlive, startBoth } from '../../fixtures/installation.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startLoad } from '../gateway/load.ts';

type Role = 'control-plane' | 'gateway';

/** The started product with one API behind it, an owner's way in for scripts, and a key. */
async function connectedShop() {
  const at = await installation();
  const started = await startBoth(at);
  const upstream = await startUpstream((_, response) => response.end('{"ok":true}'));
  const token = readFileSync(join(at.data, 'cli.token'), 'utf8').trim();
  const api = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${at.consolePort}/api${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const { service } = await api<{ service: { id: string } }>('POST', '/services', {
    name: 'shop',
    upstream: upstream.url,
  });
  const path = '/x';
  await api('POST', `/services/${service.id}/routes`, {
    path,
    methods: ['GET'],
    auth: 'key',
    scopes: [],
    rateLimits: [],
    mode: 'enforce',
  });
  const { secret } = await api<{ secret: string }>('POST', '/keys', { consumer: 'web', scopes: [], expiresAt: null });
  const processOf = (role: Role) =>
    descendants(started.child.pid ?? 0).find((pid) => commandLine(pid).includes(` ${role} `));
  return { at, started, api, secret, url: `http://127.0.0.1:${at.gatewayPort}${path}`, processOf };
}

const commandLine = (pid: number) =>
  ` ${execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim()} `;

function storedIds(data: string): string[] {
  const database = new DatabaseSync(join(data, 'nightlatch.db'), { readOnly: true });
  try {
    return database
      .prepare('SELECT id FROM activity_events')
      .all()
      .map((row) => String(row.id));
  } finally {
    database.close();
  }
}

it.each(['control-plane', 'gateway'] as const)(
  'kill -9 of the %s under load: nothing that was answered is lost, nothing is stored twice',
  async (role) => {
    const { at, started, api, secret, url, processOf } = await connectedShop();
    const load = startLoad(url, { 'X-API-Key': secret }, { connections: 16, perSecond: 1_500 });
    for (let round = 0; round < 3; round++) {
      const before = load.result.answered.length;
      await waitUntil(() => load.result.answered.length > before + 600, 30_000);
      const victim = processOf(role);
      expect(victim).toBeDefined();
      process.kill(victim ?? 0, 'SIGKILL');
      await waitUntil(() => !isAlive(victim ?? 0));
      await waitUntil(() => processOf(role), 20_000);
    }
    await waitUntil(async () => (await api<{ needsSetup: boolean }>('GET', '/state')).needsSetup, 20_000);
    await wait(500);
    const { answered, failed } = await load.stop();
    if (role === 'control-plane') expect(failed).toEqual([]);
    const ids = answered.map(({ id }) => id);
    await waitUntil(() => {
      const stored = new Set(storedIds(at.data));
      const missing = ids.filter((id) => !stored.has(id));
      if (missing.length > 0) throw new Error(`${missing.length} of ${ids.length} are missing: ${missing.slice(0, 3)}`);
      return true;
    }, 30_000);
    const stored = storedIds(at.data);
    expect(new Set(stored).size).toBe(stored.length);
    const { missing } = await api<{ missing: number }>(
      'GET',
      `/activity/summary?from=${new Date(Date.now() - 3_600_000).toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`,
    );
    expect(missing).toBe(0);
    expect((await started.end()).code).toBe(0);
  },
);
