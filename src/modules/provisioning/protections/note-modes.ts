import type { Mode } from '../../../contracts/config/config-words.ts';
import { readServicesWithIds } from '../../inventory/index.ts';
import { type ProvisioningDb, provisioningTablesOf, readFrontDoor } from '../store.ts';
import { listParts, type ProtectionPart } from './list-parts.ts';

/** Every protection as the database holds it now. */
export async function readParts(db: ProvisioningDb): Promise<ProtectionPart[]> {
  const { gatewayWide } = await readFrontDoor(provisioningTablesOf(db));
  return listParts(await readServicesWithIds(db), gatewayWide);
}

/** Routes that protect are the rule and no news; there may be thousands. */
export const isTold = ({ kind, mode }: ProtectionPart) => kind !== 'rules' || mode !== 'enforce';

/** Since when each protection is in its mode, by its id. */
export async function readModes(db: ProvisioningDb): Promise<Map<string, { mode: Mode; since: number }>> {
  const rows = await db.selectFrom('protection_modes').selectAll().execute();
  return new Map(rows.map(({ id, mode, since }) => [id, { mode, since }]));
}

/** Notes which protections changed their mode, however that came about: by the console, an import, a newer default. */
export async function noteModes(db: ProvisioningDb, now: number): Promise<void> {
  const before = await readModes(db);
  const parts = (await readParts(db)).filter(isTold);
  for (const { id, effective } of parts) {
    if (before.get(id)?.mode === effective) continue;
    const row = { mode: effective, since: now };
    await db
      .insertInto('protection_modes')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  const ids = new Set(parts.map(({ id }) => id));
  const gone = [...before.keys()].filter((id) => !ids.has(id));
  for (let at = 0; at < gone.length; at += AT_ONCE) {
    await db
      .deleteFrom('protection_modes')
      .where('id', 'in', gone.slice(at, at + AT_ONCE))
      .execute();
  }
}

const AT_ONCE = 200;
