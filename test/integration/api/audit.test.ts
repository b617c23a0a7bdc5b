import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/contracts/api/account.ts';
import { SYSTEM } from '../../../src/platform/actor.ts';
import { OWNER, setUpOwner } from './browser.ts';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

const verify = async () => (await api.fetch('/api/audit/verify')).json();
const record = (subject: string, detail: Record<string, unknown> = {}) =>
  api.database
    .tables()
    .transaction()
    .execute((change) => api.audit.record(change, { actor: SYSTEM, action: 'test.do', subject, detail }));

test('an empty log is whole', async () => {
  expect(await verify()).toEqual({ intact: true, entries: 0, firstBroken: null });
});

test('what people do stands in the log with who did it, and no secret', async () => {
  const owner = await setUpOwner(api);
  const { token } = await owner.json<{ token: string }>(201, 'POST', '/api/tokens', {
    name: 'report',
    access: 'read',
    expiresInDays: 7,
  });
  const { items } = await owner.json<{ items: AuditEntry[] }>(200, 'GET', '/api/audit');
  expect(items.map(({ seq, actor, action }) => ({ seq, actor, action }))).toEqual([
    { seq: 2, actor: OWNER.name, action: 'token.create' },
    { seq: 1, actor: OWNER.name, action: 'account.set-up' },
  ]);
  expect(items[0]?.detail).toEqual({ name: 'report', access: 'read', expiresInDays: 7 });
  expect(JSON.stringify(items)).not.toContain(token.slice(4));
  expect(await verify()).toEqual({ intact: true, entries: 2, firstBroken: null });
});

test('is paged, newest first', async () => {
  for (let run = 1; run <= 7; run += 1) await record(`thing ${run}`);
  type Page = { items: AuditEntry[]; next: number | null };
  const page = async (query: string) => (await (await api.fetch(`/api/audit?${query}`)).json()) as Page;
  const first = await page('limit=4');
  expect([first.items.map((entry) => entry.seq), first.next]).toEqual([[7, 6, 5, 4], 4]);
  const second = await page('limit=4&before=4');
  expect([second.items.map((entry) => entry.seq), second.next]).toEqual([[3, 2, 1], null]);
  expect((await api.fetch('/api/audit?limit=0')).status).toBe(400);
});

test('a change that fails leaves no entry', async () => {
  const failing = api.database
    .tables()
    .transaction()
    .execute(async (change) => {
      await api.audit.record(change, { actor: SYSTEM, action: 'test.do', subject: 'x' });
      throw new Error('the change failed');
    });
  await expect(failing).rejects.toThrow('the change failed');
  expect(await verify()).toMatchObject({ entries: 0 });
});

test('many at once make one chain', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, run) => record(`thing ${run}`)));
  expect(await verify()).toEqual({ intact: true, entries: 50, firstBroken: null });
});

test.each([
  ['changed', "UPDATE audit_entries SET subject = 'other' WHERE seq = 3"],
  ['deleted', 'DELETE FROM audit_entries WHERE seq = 3'],
])('the database itself refuses that an entry is %s', async (_, statement) => {
  for (let run = 0; run < 5; run += 1) await record('thing');
  await expect(sql.raw(statement).execute(api.database.tables())).rejects.toThrow('append-only');
});

test.each([
  ['the time', 'UPDATE audit_entries SET at = at + 1 WHERE seq = 3', 3],
  ['the actor', "UPDATE audit_entries SET actor_name = 'Eve' WHERE seq = 3", 3],
  ['the action', "UPDATE audit_entries SET action = 'test.undo' WHERE seq = 3", 3],
  ['the detail', `UPDATE audit_entries SET detail = '{"n":2}' WHERE seq = 3`, 3],
  ['the detail into no JSON', "UPDATE audit_entries SET detail = 'x' WHERE seq = 3", 3],
  ['the hash', "UPDATE audit_entries SET hash = 'x' WHERE seq = 3", 3],
  ['a missing entry', 'DELETE FROM audit_entries WHERE seq = 3', 3],
  ['a missing first entry', 'DELETE FROM audit_entries WHERE seq = 1', 1],
  ['two exchanged', 'UPDATE audit_entries SET seq = CASE seq WHEN 3 THEN 9 ELSE 3 END WHERE seq IN (3, 4)', 3],
  [
    'one slipped in',
    "INSERT INTO audit_entries SELECT 6, at, 'cli', 'x', 'x', 'x', 'x', '{}', hash FROM audit_entries WHERE seq = 5",
    6,
  ],
])('tampering past the triggers is found: %s', async (_, statement, firstBroken) => {
  for (let n = 1; n <= 5; n += 1) await record('thing', { n, text: 'Grüße "quoted"' });
  expect(await verify()).toMatchObject({ intact: true, entries: 5 });
  const file = new DatabaseSync(`${api.folder}/nightlatch.db`);
  file.exec('DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete');
  file.exec(statement);
  file.close();
  expect(await verify()).toMatchObject({ intact: false, firstBroken });
});
