import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BansOnDisk, banFile, banLiftFile } from '../../gateway/index.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import type { DataPaths } from '../paths.ts';
import { writePrivateFile } from '../private-file.ts';

export type ShownBan = { address: string; until: string; reason: string };
export type ShownBans = { mode: 'off' | 'monitor' | 'enforce'; bans: ShownBan[] };

/** A running gateway looks for the file several times a second. */
const TAKEN_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Who is kept out by the gateway that has its folder on this machine, as it last wrote it down. */
export function listBans(paths: DataPaths): ShownBans {
  const now = systemClock.now();
  const { mode, bans } = read(gatewayFolder(paths));
  const held = bans.filter(({ until }) => until > now);
  return {
    mode,
    bans: held.map(({ address, until, reason }) => ({ address, until: new Date(until).toISOString(), reason })),
  };
}

/**
 * Asks the gateway to let an address in again and waits until it has. False when that address was not kept out. Throws
 * `AppError` when no gateway takes the wish.
 */
export async function liftBan(paths: DataPaths, address: string): Promise<boolean> {
  const folder = gatewayFolder(paths);
  const before = read(folder).bans.length;
  writePrivateFile(banLiftFile(folder), `${JSON.stringify({ addresses: [address] })}\n`);
  const until = performance.now() + TAKEN_WITHIN_MS;
  while (existsSync(banLiftFile(folder))) {
    if (performance.now() > until) {
      throw new AppError('not-running', `No gateway is running on ${folder}, so nobody is kept out by it.`, {
        next: 'Start it, or name the data folder of the gateway with --data. Bans end with the gateway.',
      });
    }
    await wait(LOOK_EVERY_MS);
  }
  return read(folder).bans.length < before;
}

/** A gateway that runs alone has its files in the data folder itself, one under `start` in a folder in it. */
function gatewayFolder(paths: DataPaths): string {
  for (const folder of [paths.folder, paths.gateway]) if (existsSync(join(folder, 'gateway.id'))) return folder;
  throw new AppError('not-running', `No gateway keeps its data in ${paths.folder}.`, {
    next: 'Run this on the machine of the gateway and name its data folder with --data.',
  });
}

function read(folder: string): BansOnDisk {
  let text: string;
  try {
    text = readFileSync(banFile(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { mode: 'off', bans: [] };
    throw error;
  }
  return BansOnDisk.parse(JSON.parse(text));
}
