import { existsSync } from 'node:fs';
import { createAudit } from '../../modules/audit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Database } from '../../storage/sql/database.ts';
import { openSqlite } from '../../storage/sql/sqlite/open.ts';
import { MIGRATIONS } from '../control-plane/migrations.ts';
import type { DataPaths } from '../paths.ts';
import type { Finding } from './health.ts';

type SchemaTables = { schema_migrations: { id: string } };

/** Whether the database is whole, of a schema that this version knows, and its audit chain unbroken. */
export async function examineDatabase(paths: DataPaths, running: boolean): Promise<Finding[]> {
  if (!existsSync(paths.database)) {
    return [{ check: 'database', state: 'warn', message: 'There is none yet; the first start makes it.' }];
  }
  const database = openSqlite(paths.database);
  try {
    database.checkIntegrity();
    const findings: Finding[] = [{ check: 'database', state: 'ok', message: 'The engine finds it whole.' }];
    findings.push(await examineSchema(database, running));
    if (findings.every((finding) => finding.state !== 'fail')) findings.push(await examineAudit(database));
    return findings;
  } finally {
    await database.close();
  }
}

async function examineSchema(database: Database, running: boolean): Promise<Finding> {
  const rows = await database.tables<SchemaTables>().selectFrom('schema_migrations').select('id').execute();
  const known = new Set(MIGRATIONS.map((migration) => migration.id));
  const applied = new Set(rows.map((row) => row.id));
  const foreign = rows.find((row) => !known.has(row.id));
  if (foreign !== undefined) {
    const message = `It was written by a newer version of Nightlatch (it knows "${foreign.id}").`;
    return { check: 'schema', state: 'fail', message, next: 'Run the newer version, or restore a backup of this one.' };
  }
  const pending = MIGRATIONS.filter((migration) => !applied.has(migration.id)).length;
  if (pending === 0) return { check: 'schema', state: 'ok', message: 'Up to date.' };
  const message = `${pending} ${pending === 1 ? 'step is' : 'steps are'} missing; the next start takes them, after a backup.`;
  return { check: 'schema', state: running ? 'fail' : 'warn', message };
}

async function examineAudit(database: Database): Promise<Finding> {
  const verdict = await createAudit({ database, clock: systemClock }).verify();
  if (verdict.intact) {
    return { check: 'audit log', state: 'ok', message: `${verdict.entries} entries, the chain is unbroken.` };
  }
  return {
    check: 'audit log',
    state: 'fail',
    message: `The chain breaks at entry ${verdict.firstBroken}: an entry was altered, removed or slipped in.`,
    next: 'Compare with a backup, and find out who could write to the database.',
  };
}
