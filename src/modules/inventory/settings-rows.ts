import type { Settings } from '../../contracts/api/settings.ts';
import type { UpstreamConfig } from '../../contracts/config/upstream-config.ts';
import type { InventoryDb } from './store.ts';
import { firstUpstream, withFirstUpstream } from './upstream-list.ts';

type Kind = 'services' | 'service_routes';
type BodyLimit = { body?: string };

/** What a service or a route says beyond what is listed of it; most of it lies in `extras`, some in columns. Null: there is none. */
export async function readSettings(db: InventoryDb, kind: Kind, id: string): Promise<Settings | null> {
  if (kind === 'services') {
    const row = await db.selectFrom('services').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return null;
    const extras = JSON.parse(row.extras) as { upstream?: UpstreamConfig };
    return {
      ...extras,
      ...(extras.upstream === undefined ? {} : { upstream: withFirstUpstream(extras.upstream, row.upstream) }),
      ...(row.timeouts === null ? {} : { timeouts: JSON.parse(row.timeouts) as unknown }),
    };
  }
  const row = await db.selectFrom('service_routes').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const extras = JSON.parse(row.extras) as Settings;
  return { ...extras, ...(row.body_limit === null ? {} : { limits: { body: row.body_limit } }) };
}

/** Puts all of them in the place of those that were there. They are judged afterwards, with the whole configuration. */
export async function writeSettings(db: InventoryDb, kind: Kind, id: string, settings: Settings): Promise<void> {
  if (kind === 'services') {
    const { timeouts, ...extras } = settings as { timeouts?: unknown; upstream?: UpstreamConfig };
    const first = extras.upstream === undefined ? undefined : addressOf(extras.upstream);
    await db
      .updateTable('services')
      .set({
        extras: JSON.stringify(extras),
        timeouts: timeouts === undefined ? null : JSON.stringify(timeouts),
        ...(first === undefined ? {} : { upstream: first }),
      })
      .where('id', '=', id)
      .execute();
    return;
  }
  const { limits, ...extras } = settings as { limits?: BodyLimit };
  await db
    .updateTable('service_routes')
    .set({ extras: JSON.stringify(extras), body_limit: limits?.body ?? null })
    .where('id', '=', id)
    .execute();
}

/** Empty for what is no list of addresses: that is refused when the configuration is judged. */
function addressOf(written: UpstreamConfig): string {
  const first: unknown = Array.isArray(written) && written.length > 0 ? firstUpstream(written) : '';
  return typeof first === 'string' ? first : '';
}
