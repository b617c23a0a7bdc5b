import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { compileSnapshot, describeChanges, parseConfig, withConsumersOf } from '../../configuration/index.ts';
import type { ConfigPlan, Revision } from '../../contracts/api/configuration.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { createForesight } from '../../gateway/foresight/foresee.ts';
import { loadSnapshot } from '../../gateway/stored-snapshot.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLogger } from '../../platform/logger.ts';
import { demandFaultless } from '../config-file.ts';
import { withFilePaths } from '../gateway-role/file-paths.ts';
import { readState, type StandaloneState } from '../gateway-role/standalone-state.ts';
import { putInForce } from './put-in-force.ts';
import { replaySpool } from './replay-spool.ts';
import { keepText, listRevisions, readRevision } from './revisions.ts';

const DAY_MS = 86_400_000;

/** What a file would change for the gateway that keeps its data in `dataDir`, and whom of the last days it would have turned away. */
export async function planFile(
  dataDir: string,
  text: string,
  file: string,
  wish: { days: number; signal: AbortSignal },
): Promise<ConfigPlan> {
  const before = inForce(dataDir);
  const after = compileText(dataDir, text, file, before);
  const foresight = await createForesight(before, after);
  const now = systemClock.now();
  const whole = await replaySpool(dataDir, { from: now - wish.days * DAY_MS, to: now + 1 }, foresight, wish.signal);
  const { turnedAway, unknown, ...rest } = foresight.result();
  return {
    changes: describeChanges(before, after),
    days: wish.days,
    ...rest,
    turnedAway: turnedAway.map((line) => ({ ...line, last: new Date(line.last).toISOString() })),
    unknown: whole ? unknown : [...unknown, 'The spool is larger than 1 GiB: its oldest calls were left out.'],
  };
}

export type Applied = { revision: number; changes: string[]; running: boolean };

/**
 * Writes a file in the place of the one in force, keeping both as revisions, and waits until the gateway runs it. Throws
 * `AppError('config-gone-back')` when it did not, or a moved service does not answer; the old file is in place and in force then.
 */
export async function applyFile(dataDir: string, text: string, file: string, probe: boolean): Promise<Applied> {
  const before = inForce(dataDir);
  const after = compileText(dataDir, text, file, before);
  const state = demandState(dataDir);
  const old = readFileSync(state.configFile, 'utf8');
  const [latest] = listRevisions(dataDir, null);
  // What somebody wrote into the file by hand is kept too.
  if (latest === undefined || readRevision(dataDir, latest.revision) !== old) keepText(dataDir, old, []);
  const running = await putInForce(dataDir, state, { text, old, before, after, probe });
  const changes = describeChanges(before, after);
  return { revision: keepText(dataDir, text, changes), changes, running };
}

/** The rules of a revision with the callers and keys of now; the one before the newest when none is named. */
export function textToGoBackTo(dataDir: string, wanted: number | null): { revision: number; text: string } {
  const current = readFileSync(demandState(dataDir).configFile, 'utf8');
  const revision =
    wanted ?? listRevisions(dataDir, null).find((one) => readRevision(dataDir, one.revision) !== current)?.revision;
  if (revision === undefined) {
    throw new AppError('revision-unknown', 'There is no revision to go back to.', {
      next: 'Revisions are kept from the first "nightlatch config apply" on.',
    });
  }
  return { revision, text: withConsumersOf(readRevision(dataDir, revision), current) };
}

export function history(dataDir: string): Revision[] {
  const state = readState(dataDir);
  return listRevisions(dataDir, state === null ? null : readFileSync(state.configFile, 'utf8'));
}

function demandState(dataDir: string): StandaloneState {
  const state = readState(dataDir);
  if (state !== null) return state;
  throw new AppError('not-running', `No gateway has said yet which file it runs on in ${dataDir}.`, {
    next: 'Start it once with "nightlatch gateway --config FILE --data DIR".',
  });
}

function inForce(dataDir: string): GatewaySnapshot {
  const snapshot = loadSnapshot(dataDir, createLogger('command-line'));
  if (snapshot !== null) return snapshot;
  throw new AppError('not-running', `${dataDir} holds no configuration that is in force.`, {
    next: 'Start the gateway once, or name its data folder with --data.',
  });
}

/** Judged as it will be read: files that it names lie beside the file in force. */
function compileText(dataDir: string, text: string, file: string, before: GatewaySnapshot): GatewaySnapshot {
  const folder = dirname(readState(dataDir)?.configFile ?? resolve(file));
  const readBeside = (name: string) => readFileSync(resolve(folder, name), 'utf8');
  const { config } = demandFaultless(file, parseConfig(text, { file: basename(file), readFile: readBeside }));
  return withFilePaths(compileSnapshot(config, { revision: before.revision + 1, lock: before.lock }), folder);
}
