import { statfsSync } from 'node:fs';
import { systemClock } from '../../platform/clock.ts';
import { createLogger } from '../../platform/logger.ts';
import { type DataPaths, makePrivateFolder, productVersion } from '../paths.ts';
import { isSupervised, tellSupervisor } from '../process/role-messages.ts';
import { stopOnSignals } from '../process/stop-signals.ts';
import { refuseWhenRunning, removeRunning, writeRunning } from '../running-file.ts';
import type { Settings } from '../settings.ts';
import { clockSetBackBy, clockWords, rememberTime } from './clock-watch.ts';
import { type Job, startJobs } from './jobs.ts';
import { openParts, type Parts } from './parts.ts';

export type ControlPlaneOptions = { paths: DataPaths; settings: Settings; practice: boolean };

const LOW_DISK_BYTES = 200 * 1024 * 1024;

/** Runs the control plane until it is asked to stop. Resolves with the exit code; throws when it cannot start. */
export async function runControlPlane(options: ControlPlaneOptions): Promise<number> {
  const { paths, settings } = options;
  makePrivateFolder(paths.folder);
  await refuseWhenRunning(paths.running, 'it cannot be started a second time');
  const logger = createLogger('control-plane');
  const warn = (text: string): void => {
    logger.warn(text);
    if (!isSupervised()) process.stderr.write(`${text}\n`);
  };
  const behind = clockSetBackBy(paths.lastRun, systemClock.now());
  if (behind > 0) warn(clockWords(behind));
  const disk = statfsSync(paths.folder);
  if (disk.bavail * disk.bsize < LOW_DISK_BYTES) warn('Less than 200 MB are free on the disk of the data folder.');
  const parts = await openParts({
    paths,
    logger,
    practice: options.practice,
    gatewayListen: settings.gateway,
    origins: settings.origins,
  });
  try {
    const { url } = await parts.server.listen({ ...settings.console, host: settings.console.host || '::' });
    writeRunning(paths.running, {
      pid: process.pid,
      url: localUrl(url),
      version: productVersion(),
      startedAt: systemClock.now(),
    });
    const jobs = startJobs(jobsOf(parts, paths), logger);
    // Before anything is announced: who reads it may stop this process at once.
    const stopped = stopOnSignals(async () => {
      removeRunning(paths.running);
      await jobs.stop();
      await parts.close();
    });
    await announce(url, await parts.accounts.firstStart.offerCode());
    return await stopped;
  } catch (error) {
    removeRunning(paths.running);
    await parts.close();
    throw error;
  }
}

/** What the control plane does by itself, in the order in which it is listed here when two fall on one minute. */
function jobsOf(parts: Parts, paths: DataPaths): Job[] {
  return [
    { id: 'remember-time', when: '* * * * *', run: () => rememberTime(paths.lastRun, systemClock.now()) },
    {
      id: 'remove-old-activity',
      when: '17 */6 * * *',
      run: async (signal) => {
        await parts.activity.removeOld(signal);
      },
    },
  ];
}

async function announce(url: string, setupCode: string | null): Promise<void> {
  await tellSupervisor({ type: 'ready', addresses: [url], setupCode });
  if (isSupervised()) return;
  process.stdout.write(`Console: ${url}\n`);
  if (setupCode !== null) process.stdout.write(`Set-up code: ${setupCode}   (asked for once, in the console)\n`);
}

/** How this machine itself reaches an address that stands for all of them. */
function localUrl(url: string): string {
  return url.replace('//[::]:', '//127.0.0.1:').replace('//0.0.0.0:', '//127.0.0.1:');
}
