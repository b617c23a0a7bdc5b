import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LockState } from '../../contracts/api/front-door.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import { readLock, removeLock, writeLock } from '../gateway-role/lock-file.ts';
import type { DataPaths } from '../paths.ts';
import { withInstallation } from './installation.ts';

export type LockWish = { message: string | undefined; routes: 'all' | string[]; allowConsumers: string[] };

/** Locks the installation of a data folder: through its control plane, or by the lock file of a gateway that runs alone. */
export function lock(paths: DataPaths, wish: LockWish): Promise<LockState> {
  if (!isStandaloneGateway(paths)) {
    const { message, ...rest } = wish;
    const body = message === undefined ? rest : { message, ...rest };
    return withInstallation(paths, (installation) => installation.call('PUT', '/api/lock', WithLock, body)).then(
      lockOf,
    );
  }
  const since = systemClock.now();
  writeLock(paths.folder, { since, ...wish, message: wish.message ?? '' });
  return Promise.resolve(stateOnDisk(paths));
}

export function unlock(paths: DataPaths): Promise<LockState> {
  if (!isStandaloneGateway(paths)) {
    return withInstallation(paths, (installation) => installation.call('DELETE', '/api/lock', WithLock)).then(lockOf);
  }
  removeLock(paths.folder);
  return Promise.resolve(stateOnDisk(paths));
}

const WithLock = z.union([LockState, z.object({ lock: LockState })]);
const lockOf = (answer: z.infer<typeof WithLock>): LockState => ('lock' in answer ? answer.lock : answer);

/** A gateway that runs alone leaves its id and spool in the folder itself; a control plane keeps a database there. */
function isStandaloneGateway(paths: DataPaths): boolean {
  if (existsSync(paths.database)) return false;
  if (existsSync(join(paths.folder, 'gateway.id'))) return true;
  throw new AppError('not-running', `No gateway and no control plane keeps its data in ${paths.folder}.`, {
    next: 'Name the data folder of the gateway with --data.',
  });
}

function stateOnDisk(paths: DataPaths): LockState {
  const { lock: held } = readLock(paths.folder, systemClock.now());
  if (held === null) return { locked: false, since: null, message: null, routes: 'all', allowConsumers: [] };
  return {
    locked: true,
    since: new Date(held.since).toISOString(),
    message: held.message === '' ? null : held.message,
    routes: held.routes,
    allowConsumers: held.allowConsumers,
  };
}

export function lockWords(state: LockState): string {
  if (!state.locked) return 'Unlocked: everything is open again.';
  const what =
    state.routes === 'all' ? 'Everything is' : `${state.routes.join(', ')} ${state.routes.length === 1 ? 'is' : 'are'}`;
  const but = state.allowConsumers.length === 0 ? '' : ` to all but ${state.allowConsumers.join(', ')}`;
  return `Locked: ${what} closed${but}. Open it again with "nightlatch unlock".`;
}
