import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiServer, createApiServer } from '../../../src/api/server.ts';
import { type Audit, auditMigrations, auditRoutes, createAudit } from '../../../src/modules/audit/index.ts';
import type { ApiPlugin } from '../../../src/platform/http/api-plugin.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import type { Database } from '../../../src/storage/sql/database.ts';
import { type Migration, migrate } from '../../../src/storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../../src/storage/sql/sqlite/open.ts';

export const GATEWAY_TOKEN = `nlg_${'g'.repeat(43)}`;
export const CLI_TOKEN = `nlc_${'c'.repeat(43)}`;

export type TestClock = { now(): number; set(to: number): void; advance(ms: number): void };
export type TestParts = { database: Database; audit: Audit; clock: TestClock };
export type TestApi = TestParts & {
  server: ApiServer;
  url: string;
  folder: string;
  /** fetch as the command line of this machine: may read and change, needs no CSRF header. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
};

/** A real listening control-plane API on a fresh database, with the given slices plugged in. */
export async function startTestApi(
  options: { migrations?: readonly Migration[]; plugins?: (parts: TestParts) => readonly ApiPlugin[] } = {},
): Promise<TestApi> {
  const folder = mkdtempSync(join(tmpdir(), 'nightlatch-api-'));
  const database = openSqlite(join(folder, 'nightlatch.db'));
  const clock = testClock(Date.UTC(2026, 0, 5, 9));
  await migrate(database, [...auditMigrations, ...(options.migrations ?? [])], {
    clock,
    backupFile: (from) => join(folder, `before-${from}.db`),
  });
  const audit = createAudit({ database, clock });
  const parts = { database, audit, clock };
  const server = await createApiServer({
    logger: createLogger('test'),
    gatewayToken: GATEWAY_TOKEN,
    cliToken: CLI_TOKEN,
    plugins: [auditRoutes(audit), ...(options.plugins?.(parts) ?? [])],
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...parts,
    server,
    url,
    folder,
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${CLI_TOKEN}`);
      return fetch(url + path, { ...init, headers });
    },
    close: async () => {
      await server.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function testClock(start: number): TestClock {
  let now = start;
  return {
    now: () => now,
    set: (to) => {
      now = to;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
