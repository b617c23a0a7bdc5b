import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiServer, type ApiServerOptions, createApiServer } from '../../../src/api/server.ts';
import {
  type Accounts,
  accountsMigrations,
  accountsRoutes,
  createAccounts,
} from '../../../src/modules/accounts/index.ts';
import { type Audit, auditMigrations, auditRoutes, createAudit } from '../../../src/modules/audit/index.ts';
import { createSecretBox } from '../../../src/platform/crypto/secret-box.ts';
import { loadMasterKey } from '../../../src/platform/crypto/secret-file.ts';
import type { ApiPlugin } from '../../../src/platform/http/api-plugin.ts';
import { createLogger, type Logger } from '../../../src/platform/logger.ts';
import type { Database } from '../../../src/storage/sql/database.ts';
import { type Migration, migrate } from '../../../src/storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../../src/storage/sql/sqlite/open.ts';

export const GATEWAY_TOKEN = `nlg_${'g'.repeat(43)}`;
export const CLI_TOKEN = `nlc_${'c'.repeat(43)}`;

export type TestClock = { now(): number; set(to: number): void; advance(ms: number): void };
export type TestParts = { database: Database; audit: Audit; accounts: Accounts; clock: TestClock; logger: Logger };
export type TestApi = TestParts & {
  server: ApiServer;
  url: string;
  folder: string;
  /** What the diagnostic log got. */
  log: string[];
  /** fetch as the command line of this machine: may read and change, needs no CSRF header. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
};

type TestOptions = {
  /** Those of the slices plugged in; audit and accounts are there already. */
  migrations?: readonly Migration[];
  plugins?: (parts: TestParts) => readonly ApiPlugin[];
} & Pick<ApiServerOptions, 'publicOrigins' | 'consoleFolder' | 'trustedProxies'>;

/** A real listening control-plane API on a fresh database, with the given slices plugged in. */
export async function startTestApi({ migrations, plugins, ...rest }: TestOptions = {}): Promise<TestApi> {
  const folder = mkdtempSync(join(tmpdir(), 'nightlatch-api-'));
  const database = openSqlite(join(folder, 'nightlatch.db'));
  const clock = testClock(Date.UTC(2026, 0, 5, 9));
  const log: string[] = [];
  const logger = createLogger('test', { write: (line) => void log.push(line) });
  await migrate(database, [...auditMigrations, ...accountsMigrations, ...(migrations ?? [])], {
    clock,
    backupFile: (from) => join(folder, `before-${from}.db`),
  });
  const audit = createAudit({ database, clock });
  const secretBox = createSecretBox(loadMasterKey(join(folder, 'master.key')));
  const accounts = createAccounts({ database, clock, audit, secretBox });
  const parts = { database, audit, accounts, clock, logger };
  const server = await createApiServer({
    logger,
    version: '0.0.0-test',
    practice: false,
    accounts,
    gatewayToken: GATEWAY_TOKEN,
    cliToken: CLI_TOKEN,
    plugins: [auditRoutes(audit), accountsRoutes(accounts), ...(plugins?.(parts) ?? [])],
    ...rest,
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...parts,
    server,
    url,
    folder,
    log,
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
