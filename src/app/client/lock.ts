import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Change, FrontDoorState, type LockState } from '../../contracts/api/front-door.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import { readLock, removeLock, writeLock } from '../gateway-role/lock-file.ts';
import type { DataPaths } from '../paths.ts';
import { changeWords } from './change-words.ts';
import { withInstallation } from './installation.ts';

export type LockWish = { message: string | undefined; routes: 'all' | string[]; allowConsumers: string[] };

/** The lock as it now is, and whether it is in service. */
export type LockOutcome = LockState & { change: Change | null };

/** Locks the installation of a data folder: through its control plane, or by the lock file of a gateway that runs alone. */
export async function lock(paths: DataPaths, wish: LockWish): Promise<LockOutcome> {
  if (!isStandaloneGateway(paths)) {
    const { message, ...rest } = wish;
    return changeLock(paths, 'POST', message === undefined ? rest : { message, ...rest });
  }
  const since = systemClock.now();
  writeLock(paths.folder, { since, ...wish, message: wish.message ?? '' });
  return { ...stateOnDisk(paths), change: null };
}

export async function unlock(paths: DataPaths): Promise<LockOutcome> {
  if (!isStandaloneGateway(paths)) return changeLock(paths, 'DELETE');
  removeLock(paths.folder);
  return { ...stateOnDisk(paths), change: null };
}

function changeLock(paths: DataPaths, method: 'POST' | 'DELETE', body?: unknown): Promise<LockOutcome> {
  return withInstallation(paths, async (installation) => {
    const { change } = await installation.call(method, '/api/lock', z.object({ change: Change }), body);
    const state = await installation.call('GET', '/api/front-door', FrontDoorState);
    return { ...state.lock, change };
  });
}

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

export function lockWords(state: LockOutcome): string {
  const inService = state.change === null ? '' : ` ${changeWords(state.change)}`;
  if (!state.locked) return `Unlocked: everything is open again.${inService}`;
  const what =
    state.routes === 'all' ? 'Everything is' : `${state.routes.join(', ')} ${state.routes.length === 1 ? 'is' : 'are'}`;
  const but = state.allowConsumers.length === 0 ? '' : ` to all but ${state.allowConsumers.join(', ')}`;
  return `Locked: ${what} closed${but}. Open it again with "nightlatch unlock".${inService}`;
}
