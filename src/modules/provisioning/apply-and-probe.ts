import { describeChanges } from '../../configuration/index.ts';
import type { ConfigApplied } from '../../contracts/api/configuration.ts';
import type { Change } from '../../contracts/api/front-door.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { type Actor, SYSTEM } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import { takeDownServices } from '../inventory/index.ts';
import { takeDownConsumers } from '../vault/index.ts';
import type { ConfigurationDeps } from './configuration-deps.ts';
import { replaceAll } from './import-config.ts';
import { provisioningTablesOf, readFrontDoor, writeGatewayWide, writeServer } from './store.ts';

type Deps = Pick<ConfigurationDeps, 'audit' | 'clock' | 'provisioning' | 'fixed' | 'probe'>;

/**
 * Puts a configuration in force, waits until every connected gateway runs it and listens, and looks once at each service that is
 * new or has moved. When one of these fails, everything (keys too) is put back as it was, and `AppError('config-gone-back')`
 * says why. Without a connected gateway there is nobody to ask; the answer says so.
 */
export async function applyAndProbe(
  deps: Deps,
  actor: Actor,
  config: GatewayConfig,
  probe: boolean,
): Promise<ConfigApplied> {
  const before = deps.provisioning.current();
  const { result, change } = await deps.provisioning.applyChange(actor, async (tx) => {
    const services = await takeDownServices(tx);
    const consumers = await takeDownConsumers(tx);
    const { server, gatewayWide } = await readFrontDoor(provisioningTablesOf(tx));
    const imported = await replaceAll(tx, config, deps.fixed, deps.clock.now());
    await deps.audit.record(tx, { actor, action: 'config.import', subject: 'front door', detail: { ...imported } });
    const putBack: PutBack = async (later) => {
      await services(later);
      await consumers(later);
      await writeServer(provisioningTablesOf(later), server);
      await writeGatewayWide(provisioningTablesOf(later), gatewayWide);
    };
    return { imported, putBack };
  });
  const after = deps.provisioning.current();
  const settled = change.live ? change : await deps.provisioning.waitFor(change.revision, SETTLED_WITHIN_MS);
  const wrong = faultOf(settled) ?? (probe ? await silentService(deps, before, after) : null);
  if (wrong !== null) throw await goneBack(deps, change.revision, result.putBack, wrong);
  return { ...result.imported, changes: describeChanges(before, after), change: settled };
}

type PutBack = (later: Parameters<Parameters<Deps['provisioning']['applyChange']>[1]>[0]) => Promise<void>;

/** Nobody connected is no fault: the configuration waits for whoever comes. */
function faultOf(change: Change): string | null {
  if (change.live || change.gateways === 0) return null;
  return change.reason ?? 'The gateway has not said that it took the configuration over.';
}

/** One look at each service that is new or has moved. */
async function silentService(deps: Deps, before: GatewaySnapshot, after: GatewaySnapshot): Promise<string | null> {
  const known = new Set(before.services.map((service) => service.upstream));
  const moved = after.services.filter((service) => !known.has(service.upstream)).slice(0, MOST_PROBES);
  const looks = await Promise.all(
    moved.map(async ({ name, upstream }) => ({ name, upstream, ...(await deps.probe(upstream)) })),
  );
  const silent = looks.find((look) => !look.reachable);
  if (silent === undefined) return null;
  return `The service "${silent.name}" does not answer at ${new URL(silent.upstream).origin} (${silent.code}).`;
}

async function goneBack(deps: Deps, made: number, putBack: PutBack, wrong: string): Promise<AppError> {
  // Somebody has changed something since: putting the old state back would undo that as well.
  if (deps.provisioning.current().revision !== made) {
    return new AppError('config-not-gone-back', `${wrong} Somebody changed the front door in the meantime.`, {
      status: 409,
      next: 'The new configuration is kept. Look at the history and go back to a revision yourself.',
    });
  }
  const { change } = await deps.provisioning.applyChange(SYSTEM, async (tx) => {
    await putBack(tx);
    const detail = { revision: made, reason: wrong };
    await deps.audit.record(tx, { actor: SYSTEM, action: 'config.go-back', subject: 'front door', detail });
  });
  return new AppError('config-gone-back', wrong, {
    status: 409,
    next: change.live
      ? 'What was in force before is in force again. Correct the cause and put it in force once more.'
      : 'What was in force before was put back, but no gateway has said yet that it runs it. Look at the gateways.',
  });
}

/** After the moment that every change waits for, long enough for a gateway with thousands of routes. */
const SETTLED_WITHIN_MS = 12_000;
const MOST_PROBES = 20;
