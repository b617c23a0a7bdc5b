import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { z } from 'zod';
import { AppError } from '../platform/app-error.ts';
import { writePrivateFile } from './private-file.ts';

const Running = z.object({ pid: z.int(), url: z.url(), version: z.string(), startedAt: z.int() });
/** A control plane that runs on a data folder: where the command line of this machine reaches it. */
export type Running = z.infer<typeof Running>;

/**
 * Null when nothing runs there: no file, an unreadable one, or one left behind. A living process is not enough, as its number
 * may be another's by now (in a container it nearly always is); its address must answer too.
 */
export async function readRunning(file: string): Promise<Running | null> {
  let running: Running;
  try {
    running = Running.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A file that says nothing is as good as none: whoever starts next writes it anew.
    return null;
  }
  return isAlive(running.pid) && (await accepts(running.url)) ? running : null;
}

export function writeRunning(file: string, running: Running): void {
  writePrivateFile(file, JSON.stringify(running));
}

export function removeRunning(file: string): void {
  rmSync(file, { force: true });
}

/** Throws `AppError('already-running')` when another process holds this data folder. */
export async function refuseWhenRunning(file: string, what: string): Promise<void> {
  const running = await readRunning(file);
  if (running === null || running.pid === process.pid) return;
  throw new AppError(
    'already-running',
    `Nightlatch runs on this data folder (process ${running.pid}, ${running.url}), so ${what}.`,
    { next: 'Stop it first with Ctrl-C where it runs, or choose another folder with --data.' },
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether something takes connections at an address. */
export function accepts(url: string, timeoutMs = 1_000): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      timeout: timeoutMs,
    });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
