import type { Change } from '../../contracts/api/front-door.ts';
import type { Exception, ExceptionRequest, Settings, SettingsSaved } from '../../contracts/api/settings.ts';
import { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ApplyChange } from '../../platform/apply-change.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto/token.ts';
import { patchMembers } from '../../platform/patch-members.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import {
  type FrontDoor,
  type GatewayWide,
  type ProvisioningTables,
  provisioningTablesOf,
  readFrontDoor,
  type ServerConfig,
  writeGatewayWide,
  writeServer,
} from './store.ts';

type SettingsDeps = { database: Database; audit: Audit; clock: Clock; applyChange: ApplyChange; fixed: ServerConfig };

/** What holds for the gateway as a whole: `server` and every part of the configuration that belongs to no service or consumer. */
export type GatewaySettings = {
  read(): Promise<Settings>;
  /** Throws `AppError('setting-unknown')`, `AppError('setting-fixed')`, `AppError('change-refused')`. */
  change(actor: Actor, patch: Settings): Promise<SettingsSaved>;
  /** Those that have not ended. */
  exceptions(): Promise<Exception[]>;
  /** Throws `AppError('change-refused')`. */
  addException(actor: Actor, request: ExceptionRequest): Promise<{ exception: Exception; change: Change }>;
  /** Throws `AppError('exception-unknown')`. */
  removeException(actor: Actor, id: string): Promise<Change>;
};

/** Parts of the configuration that other slices own. */
const OWNED = new Set(['version', 'services', 'consumers', 'defaults']);

export function createGatewaySettings({ database, audit, clock, applyChange, fixed }: SettingsDeps): GatewaySettings {
  const db = database.tables<ProvisioningTables>();
  return {
    async read() {
      const { server, gatewayWide } = await readFrontDoor(db);
      return { server, ...gatewayWide };
    },

    async change(actor, patch) {
      for (const name of Object.keys(patch)) demandKnown(name);
      const { result, change } = await applyChange(actor, async (tx) => {
        const tables = provisioningTablesOf(tx);
        const before = await readFrontDoor(tables);
        const { server = {}, ...wide } = patchMembers({ server: before.server, ...before.gatewayWide }, patch);
        demandFree(server as ServerConfig, fixed);
        await writeServer(tables, { ...(server as ServerConfig), ...fixed });
        await writeGatewayWide(tables, wide as GatewayWide);
        await audit.record(tx, {
          actor,
          action: 'settings.update',
          subject: Object.keys(patch).join(', '),
          detail: patch,
        });
        return { server: { ...(server as ServerConfig), ...fixed }, ...wide };
      });
      return { settings: result, change };
    },

    exceptions: async () => current(await readFrontDoor(db), clock.now()),

    async addException(actor, { days, ...request }) {
      const expires = new Date(clock.now() + days * DAY_MS).toISOString();
      const exception: Exception = { ...request, id: newId('ex'), expires };
      const { change } = await applyChange(actor, async (tx) => {
        const tables = provisioningTablesOf(tx);
        const before = await readFrontDoor(tables);
        // What has ended is cleared away with the next one.
        const exceptions = [...current(before, clock.now()), exception];
        await writeGatewayWide(tables, { ...before.gatewayWide, exceptions });
        const subject = `${exception.policy} ${exception.route}`;
        await audit.record(tx, { actor, action: 'exception.create', subject, detail: { ...exception } });
      });
      return { exception, change };
    },

    async removeException(actor, id) {
      const { change } = await applyChange(actor, async (tx) => {
        const tables = provisioningTablesOf(tx);
        const before = await readFrontDoor(tables);
        const all = before.gatewayWide.exceptions ?? [];
        const exceptions = all.filter((one) => one.id !== id);
        if (exceptions.length === all.length) {
          throw new AppError('exception-unknown', 'This exception is not there any more.', {
            status: 404,
            next: 'Look at the list of exceptions.',
          });
        }
        await writeGatewayWide(tables, { ...before.gatewayWide, exceptions });
        await audit.record(tx, { actor, action: 'exception.delete', subject: id });
      });
      return change;
    },
  };
}

const DAY_MS = 86_400_000;

function current({ gatewayWide }: FrontDoor, now: number): Exception[] {
  return (gatewayWide.exceptions ?? [])
    .map((one, index) => ({ ...one, id: one.id ?? `file-${index + 1}` }))
    .filter((one) => Date.parse(one.expires) > now);
}

function demandKnown(name: string): void {
  if (Object.hasOwn(GatewayConfig.shape, name) && !OWNED.has(name)) return;
  throw new AppError('setting-unknown', `There is no setting "${name}".`, {
    status: 422,
    next: 'Name parts of the configuration as the file does, such as "blocklist".',
  });
}

/** What the settings of the installation decide is not changed from here. */
function demandFree(server: ServerConfig, fixed: ServerConfig): void {
  for (const [name, value] of Object.entries(fixed)) {
    const wanted = server[name as keyof ServerConfig];
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(value)) continue;
    throw new AppError('setting-fixed', `"server.${name}" is a setting of this installation.`, {
      status: 422,
      next: 'Change it in settings.json and start again.',
    });
  }
}
