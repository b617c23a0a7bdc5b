import { compileSnapshot } from '../../configuration/index.ts';
import type {
  ConfigApplied,
  ConfigPlan,
  ConfigPlanRequest,
  Revision,
  RevisionRestored,
} from '../../contracts/api/configuration.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import { replaceServices } from '../inventory/index.ts';
import { readConsumerConfigs } from '../vault/index.ts';
import { applyAndProbe } from './apply-and-probe.ts';
import type { ConfigurationDeps } from './configuration-deps.ts';
import { readForImport } from './import-config.ts';
import { rulesOf } from './next-revision.ts';
import { planChange } from './plan.ts';
import {
  type ProvisioningTables,
  provisioningTablesOf,
  readRevisions,
  type ServerConfig,
  writeGatewayWide,
  writeServer,
} from './store.ts';

/** Changing everything at once: look first, put it in force and see that it works, and go back. */
export type Configuration = {
  /** Throws `AppError('config-invalid')` with lines, `revision-unknown`, `revision-bare`. */
  plan(request: ConfigPlanRequest, signal: AbortSignal): Promise<ConfigPlan>;
  /** Throws `config-invalid`, `change-refused`, and `config-gone-back` when what was there before is in force again. */
  apply(actor: Actor, yaml: string, probe: boolean): Promise<ConfigApplied>;
  revisions(): Promise<Revision[]>;
  /** Brings back the rules of a revision, as a new one. Throws `revision-unknown`, `revision-bare`, `change-refused`. */
  restore(actor: Actor, revision: number): Promise<RevisionRestored>;
};

export function createConfiguration(deps: ConfigurationDeps): Configuration {
  const db = deps.database.tables<ProvisioningTables>();

  const rulesAt = async (revision: number): Promise<GatewayConfig> => {
    const row = (await readRevisions(db)).find((one) => one.revision === revision);
    if (row === undefined) {
      throw new AppError('revision-unknown', `Revision ${revision} is not kept; the last 20 are.`, {
        status: 404,
        next: 'Look at the list of revisions.',
      });
    }
    if (row.rules === null) {
      throw new AppError('revision-bare', `Revision ${revision} was made before rules were kept with revisions.`, {
        status: 409,
        next: 'Choose a later one, or import a configuration file.',
      });
    }
    return JSON.parse(row.rules) as GatewayConfig;
  };

  /** The rules of then with the callers and keys of now. */
  const withCallersOfNow = async (rules: GatewayConfig): Promise<GatewayConfig> => {
    const consumers = await readConsumerConfigs(deps.database.tables<unknown>());
    return { ...withFixed(rules, deps.fixed), consumers };
  };

  const compiled = (config: GatewayConfig, before: GatewaySnapshot): GatewaySnapshot =>
    compileSnapshot(config, { revision: before.revision + 1, lock: before.lock, drafts: 'on' });

  return {
    async plan(request, signal) {
      const before = deps.provisioning.current();
      const isFile = 'yaml' in request;
      const config = isFile
        ? withFixed(readForImport(request.yaml, deps.fixed), deps.fixed)
        : await withCallersOfNow(await rulesAt(request.revision));
      const after = compiled(config, before);
      // A key that was taken back stays among those in force for a while, and a file does not name it.
      const hashes = new Set(after.keys.map((key) => key.hash));
      const callers = new Set(after.consumers.map((consumer) => consumer.name));
      const takenBack = before.keys.filter((key) => key.revoked && !hashes.has(key.hash) && callers.has(key.consumer));
      const whole = { ...after, keys: [...after.keys, ...takenBack] };
      return await planChange(deps, { before, after: whole }, { days: request.days, now: deps.clock.now(), signal });
    },

    apply: (actor, yaml, probe) => applyAndProbe(deps, actor, readForImport(yaml, deps.fixed), probe),

    async revisions() {
      const rows = await readRevisions(db);
      const inForce = deps.provisioning.current().revision;
      return rows.map((row) => ({
        revision: row.revision,
        at: new Date(row.created_at).toISOString(),
        actor: row.actor,
        changes: JSON.parse(row.changes) as string[],
        changeCount: row.change_count,
        inForce: row.revision === inForce,
        restorable: row.rules !== null,
      }));
    },

    async restore(actor, revision) {
      const { version: _version, server, services, defaults: _none, ...gatewayWide } = rulesOf(await rulesAt(revision));
      const { change } = await deps.provisioning.applyChange(actor, async (tx) => {
        const tables = provisioningTablesOf(tx);
        await replaceServices(tx, { version: 1, services }, deps.clock.now());
        await writeServer(tables, { ...server, ...deps.fixed });
        await writeGatewayWide(tables, gatewayWide);
        await deps.audit.record(tx, { actor, action: 'config.rollback', subject: 'front door', detail: { revision } });
      });
      const made = (await readRevisions(db)).find((row) => row.revision === change.revision);
      return { revision: change.revision, changes: JSON.parse(made?.changes ?? '[]') as string[], change };
    },
  };
}

const withFixed = (config: GatewayConfig, fixed: ServerConfig): GatewayConfig => ({
  ...config,
  server: { ...config.server, ...fixed },
});
