import type { Settings, SettingsSaved } from '../../contracts/api/settings.ts';
import { RouteConfig } from '../../contracts/config/route-config.ts';
import { ServiceConfig } from '../../contracts/config/service-config.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ApplyChange } from '../../platform/apply-change.ts';
import { patchMembers } from '../../platform/patch-members.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import { readSettings, writeSettings } from './settings-rows.ts';
import { type InventoryDb, type InventoryTables, inventoryTablesOf } from './store.ts';

type Deps = { database: Database; audit: Audit; applyChange: ApplyChange };
type Kind = 'services' | 'service_routes';

/** What the configuration can say of a service or a route beyond its columns: `validate`, `ownership`, `openapi` … */
export type MoreSettings = {
  ofService(id: string): Promise<Settings>;
  ofRoute(id: string): Promise<Settings>;
  /** Throws `service-unknown`, `setting-unknown`, `change-refused`. */
  changeService(actor: Actor, id: string, patch: Settings): Promise<SettingsSaved>;
  /** Throws `route-unknown`, `setting-unknown`, `change-refused`. */
  changeRoute(actor: Actor, id: string, patch: Settings): Promise<SettingsSaved>;
};

/** Members that have ways of their own to be changed. */
const ELSEWHERE: Record<Kind, ReadonlySet<string>> = {
  services: new Set(['name', 'preserveHost', 'routes']),
  service_routes: new Set(['match', 'scopes', 'mode']),
};
const SHAPES = { services: ServiceConfig.shape, service_routes: RouteConfig.shape };

export function createMoreSettings({ database, audit, applyChange }: Deps): MoreSettings {
  const db = database.tables<InventoryTables>();

  const change = async (kind: Kind, actor: Actor, id: string, patch: Settings): Promise<SettingsSaved> => {
    for (const [name, value] of Object.entries(patch)) demandKnown(kind, name, value);
    const { result, change } = await applyChange(actor, async (tx) => {
      const tables = inventoryTablesOf(tx);
      const settings = patchMembers(await settingsOf(tables, kind, id), patch);
      await writeSettings(tables, kind, id, settings);
      const action = kind === 'services' ? 'service.settings' : 'route.settings';
      await audit.record(tx, { actor, action, subject: id, detail: patch });
      return settings;
    });
    return { settings: result, change };
  };

  return {
    ofService: (id) => settingsOf(db, 'services', id),
    ofRoute: (id) => settingsOf(db, 'service_routes', id),
    changeService: (actor, id, patch) => change('services', actor, id, patch),
    changeRoute: (actor, id, patch) => change('service_routes', actor, id, patch),
  };
}

async function settingsOf(db: InventoryDb, kind: Kind, id: string): Promise<Settings> {
  const settings = await readSettings(db, kind, id);
  if (settings === null) throw unknown(kind);
  return settings;
}

function demandKnown(kind: Kind, name: string, value: unknown): void {
  // One address alone is the service's own field; a list of them stands here.
  const isAddress = name === 'upstream' && typeof value === 'string';
  if (Object.hasOwn(SHAPES[kind], name) && !ELSEWHERE[kind].has(name) && !isAddress) return;
  throw new AppError('setting-unknown', `There is no such setting as "${name}" here.`, {
    status: 422,
    next: 'Name it as the configuration file does, such as "validate".',
  });
}

function unknown(kind: Kind): AppError {
  return kind === 'services'
    ? new AppError('service-unknown', 'There is no such service.', {
        status: 404,
        next: 'Look at the list of services.',
      })
    : new AppError('route-unknown', 'There is no such route.', {
        status: 404,
        next: 'Look at the routes of the service.',
      });
}
