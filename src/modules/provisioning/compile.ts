import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { compileSnapshot } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { readServiceConfigs } from '../inventory/index.ts';
import { readConsumerConfigs, readRevokedKeys } from '../vault/index.ts';
import { demandValid } from './check-config.ts';
import { provisioningTablesOf, readFrontDoor } from './store.ts';

/** The configuration as it now stands in the database, the whole of it. */
export async function readConfig<Tables>(change: Transaction<Tables> | Kysely<Tables>): Promise<GatewayConfig> {
  const { server, gatewayWide } = await readFrontDoor(provisioningTablesOf(change));
  const consumers = await readConsumerConfigs(change);
  return {
    version: 1,
    ...(Object.keys(server).length === 0 ? {} : { server }),
    services: await readServiceConfigs(change),
    ...(consumers.length === 0 ? {} : { consumers }),
    ...gatewayWide,
  };
}

/**
 * Compiles what the database holds now. It is judged as a configuration file would be, so that what the console accepts can be
 * exported and read back. Throws `AppError('change-refused')` with the faults.
 */
export async function compileCurrent<Tables>(
  change: Transaction<Tables> | Kysely<Tables>,
  revision: number,
  now: number,
): Promise<{ snapshot: GatewaySnapshot; config: GatewayConfig }> {
  const config = await readConfig(change);
  // With thousands of routes each of these takes a moment; others of this process get their turn in between.
  await nextTurn();
  demandValid(config);
  await nextTurn();
  const { lock } = await readFrontDoor(provisioningTablesOf(change));
  const snapshot = compileSnapshot(config, { revision, lock, drafts: 'on' });
  const revoked = await readRevokedKeys(change, now - REVOKED_KEPT_MS);
  return { snapshot: { ...snapshot, keys: [...snapshot.keys, ...revoked] }, config };
}

/** For so long the record of a call with a revoked key says "revoked" rather than "unknown". */
const REVOKED_KEPT_MS = 30 * 86_400_000;
