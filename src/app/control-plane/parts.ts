import { join } from 'node:path';
import { type ApiServer, createApiServer } from '../../api/server.ts';
import { type ListenAddress, routeId } from '../../configuration/index.ts';
import type { Announcements } from '../../contracts/events/announcements.ts';
// Not through its index: the control plane judges calls and serves none.
import { createForesight } from '../../gateway/foresight/foresee.ts';
import { type Accounts, accountsRoutes, createAccounts } from '../../modules/accounts/index.ts';
import { type Activity, activityRoutes, createActivity } from '../../modules/activity/index.ts';
import { auditRoutes, createAudit } from '../../modules/audit/index.ts';
import { createDrafts, draftsRoutes } from '../../modules/drafts/index.ts';
import {
  createInventory,
  createMoreSettings,
  inventoryRoutes,
  moreSettingsRoutes,
  probeUpstream,
} from '../../modules/inventory/index.ts';
import {
  attackRoutes,
  configurationRoutes,
  createAttackExclusions,
  createConfiguration,
  createGatewaySettings,
  createProvisioning,
  protectionsRoutes,
  provisioningRoutes,
  settingsRoutes,
} from '../../modules/provisioning/index.ts';
import { consumerSettingsRoutes, createConsumerSettings, createVault, vaultRoutes } from '../../modules/vault/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createSecretBox } from '../../platform/crypto/secret-box.ts';
import { loadMasterKey } from '../../platform/crypto/secret-file.ts';
import { EventBus } from '../../platform/event-bus.ts';
import type { Logger } from '../../platform/logger.ts';
import { openCaseFolder } from '../inspect/case-folder.ts';
import { type DataPaths, packageRoot, productVersion } from '../paths.ts';
import { prepareSecrets } from '../secrets.ts';
import { formatAddress } from '../settings.ts';
import { openDatabase } from './open-database.ts';

export type PartsOptions = {
  paths: DataPaths;
  logger: Logger;
  practice: boolean;
  /** Where gateways of this control plane listen; null leaves what was said last. */
  gatewayListen: ListenAddress | null;
  origins: readonly string[];
};

export type Parts = {
  readonly server: ApiServer;
  readonly accounts: Accounts;
  readonly activity: Activity;
  readonly cliToken: string;
  /** Ends everything in the opposite order in which it was made. */
  close(): Promise<void>;
};

/** Opens the database, makes every service and hands each what it needs: the one place where the parts meet. */
export async function openParts(options: PartsOptions): Promise<Parts> {
  const { paths, logger } = options;
  const secrets = prepareSecrets(paths);
  const secretBox = createSecretBox(loadMasterKey(paths.masterKey));
  const { database, applied } = await openDatabase(paths);
  if (applied.length > 0) logger.info({ applied }, 'the schema was brought up to date');
  const clock = systemClock;
  const bus = new EventBus<Announcements>((error) =>
    logger.error({ err: error }, 'a listener on the event bus failed'),
  );
  const audit = createAudit({ database, clock });
  const accounts = createAccounts({ database, clock, audit, secretBox });
  const server = options.gatewayListen === null ? null : { listen: [formatAddress(options.gatewayListen)] };
  const provisioning = await createProvisioning({ database, audit, clock, server, spared: accounts.signedInFrom });
  const { applyChange } = provisioning;
  const inventory = createInventory({ database, audit, clock, applyChange, routeId });
  const vault = createVault({ database, audit, clock, logger, bus, applyChange });
  const activity = createActivity({
    database,
    clock,
    logger,
    bus,
    lookups: { routeScopes: inventory.routeScopes, keyScopes: vault.keyScopes },
  });
  const configuration = createConfiguration({
    ...{ database, audit, clock, provisioning, fixed: server ?? {}, probe: probeUpstream },
    foresee: createForesight,
    replay: activity.replay,
  });
  const api = await createApiServer({
    logger,
    version: productVersion(),
    practice: options.practice,
    accounts,
    plugins: [
      accountsRoutes(accounts),
      inventoryRoutes(inventory),
      moreSettingsRoutes(createMoreSettings({ database, audit, applyChange })),
      vaultRoutes(vault),
      consumerSettingsRoutes(createConsumerSettings({ database, audit, applyChange })),
      provisioningRoutes(provisioning),
      configurationRoutes(configuration),
      settingsRoutes(createGatewaySettings({ database, audit, clock, applyChange, fixed: server ?? {} })),
      attackRoutes(
        createAttackExclusions({
          ...{ database, audit, clock, applyChange, findCall: activity.find },
          cases: openCaseFolder(paths.testCases),
        }),
      ),
      protectionsRoutes({ database, clock, decisions: activity.decisions }),
      activityRoutes(activity),
      draftsRoutes(createDrafts({ database, clock })),
      auditRoutes(audit),
    ],
    ...secrets,
    publicOrigins: options.origins,
    consoleFolder: join(packageRoot(), 'dist', 'console'),
  });
  return {
    server: api,
    accounts,
    activity,
    cliToken: secrets.cliToken,
    async close() {
      await api.close();
      await vault.close();
      await database.close();
    },
  };
}
