import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Mode } from '../../contracts/config/config-words.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Ban } from './ban-table.ts';

/** The bans in force, for whoever may read the gateway's folder. Written by the gateway. */
export const banFile = (dataDir: string): string => join(dataDir, 'bans.json');

/** Addresses whose bans are to be ended. Written by the command line, taken away by the gateway. */
export const banLiftFile = (dataDir: string): string => join(dataDir, 'lift-bans.json');

export const BansOnDisk = z.strictObject({
  mode: Mode,
  bans: z.array(z.strictObject({ address: z.string(), level: z.int(), until: z.int(), reason: z.string() })),
});

export type BansOnDisk = z.infer<typeof BansOnDisk>;

const Lifts = z.strictObject({ addresses: z.array(z.string().max(100)).max(1_000) });

export function writeBans(dataDir: string, mode: Mode, bans: readonly Ban[], logger: Logger): void {
  const file = banFile(dataDir);
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify({ mode, bans })}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    // The bans hold all the same; only "ban list" does not know of them.
    logger.error({ error: String(error) }, 'the list of bans could not be written');
  }
}

/** Hands on the addresses to be let in again, then takes the file away: who wrote it waits for that. */
export function takeLifts(dataDir: string, logger: Logger, lift: (address: string) => boolean): string[] {
  const file = banLiftFile(dataDir);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.error({ error: String(error) }, 'the wish to end bans cannot be read');
    }
    return [];
  }
  try {
    return Lifts.parse(JSON.parse(text)).addresses.filter(lift);
  } catch {
    logger.error({}, 'the wish to end bans is in no form that the gateway knows; write it with "nightlatch ban lift"');
    return [];
  } finally {
    rmSync(file, { force: true });
  }
}
