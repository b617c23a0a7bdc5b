import { systemClock } from '../../platform/clock.ts';
import { clockSetBackBy, clockWords } from '../control-plane/clock-watch.ts';
import type { DataPaths } from '../paths.ts';
import { type Running, readRunning } from '../running-file.ts';
import { readSettings } from '../settings.ts';
import { explainError } from '../system-errors.ts';
import { examineDatabase } from './database.ts';
import { examineFolder } from './folder.ts';
import { examineGateways } from './gateways.ts';
import type { Finding, Health } from './health.ts';
import { examinePorts } from './ports.ts';

/** Looks at everything of one installation, running or not. Changes nothing and never throws for what it finds. */
export async function examine(paths: DataPaths): Promise<Health> {
  const running = await readRunning(paths.running);
  const findings: Finding[] = [];
  const steps: [check: string, look: () => Finding[] | Promise<Finding[]>][] = [
    ['data folder', () => examineFolder(paths)],
    ['clock', () => examineClock(paths)],
    ['database', () => examineDatabase(paths, running !== null)],
    ['control plane', () => [examineRunning(running)]],
    ['ports', () => examinePorts(readSettings(paths, {}), running)],
    ['gateway', () => examineGateways(paths, running)],
  ];
  for (const [check, look] of steps) {
    try {
      findings.push(...(await look()));
    } catch (error) {
      findings.push(failed(check, error));
    }
  }
  return { healthy: findings.every((finding) => finding.state !== 'fail'), folder: paths.folder, findings };
}

function failed(check: string, error: unknown): Finding {
  const known = explainError(error);
  const message = known?.message ?? `This could not be looked at: ${String(error)}`;
  return { check, state: 'fail', message, ...(known?.next === undefined ? {} : { next: known.next }) };
}

function examineClock(paths: DataPaths): Finding[] {
  const now = systemClock.now();
  const behind = clockSetBackBy(paths.lastRun, now);
  if (behind > 0) return [{ check: 'clock', state: 'fail', message: clockWords(behind) }];
  if (now < EARLIEST) {
    return [
      { check: 'clock', state: 'fail', message: 'The clock of this computer is years behind.', next: 'Set the clock.' },
    ];
  }
  return [{ check: 'clock', state: 'ok', message: new Date(now).toISOString() }];
}

/** This code did not exist before. */
const EARLIEST = Date.UTC(2025, 0, 1);

function examineRunning(running: Running | null): Finding {
  if (running === null) {
    return {
      check: 'control plane',
      state: 'warn',
      message: 'It is not running on this data folder.',
      next: 'Start it with "nightlatch start".',
    };
  }
  const since = new Date(running.startedAt).toISOString();
  const message = `Version ${running.version} answers at ${running.url} (process ${running.pid}, since ${since}).`;
  return { check: 'control plane', state: 'ok', message };
}
