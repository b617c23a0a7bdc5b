import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../platform/app-error.ts';
import type { LogFile } from '../supervisor/log-file.ts';

/** The same ending as this file has: TypeScript in a checkout, JavaScript in the package. */
const ENDING = extname(import.meta.url);

export type PracticeProgram = {
  /** The first line that it writes. Throws when it ends before. */
  firstLine(): Promise<string>;
  stop(): Promise<void>;
};

/** Starts a program of the practice shop, which is no part of the product and is only ever run, never imported. */
export function startPracticeProgram(name: 'main' | 'traffic', args: readonly string[], log: LogFile): PracticeProgram {
  const beside = (path: string) => new URL(`${path}${ENDING}`, import.meta.url);
  const program = fileURLToPath(beside(`../../../practice/${name}`));
  const guard = beside('./end-with-parent').href;
  const child = spawn(process.execPath, ['--import', guard, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'close');
  ended.catch(() => {});
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log.write(chunk));
  return {
    firstLine: () => Promise.race([firstLineOf(child), ended.then(() => Promise.reject(endedEarly(log)))]),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

const GRACE_MS = 500;

async function firstLineOf(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end !== -1) return text.slice(0, end);
  }
  return new Promise(() => {});
}

function endedEarly(log: LogFile): AppError {
  return new AppError('practice-failed', 'The practice shop could not be started.', {
    next: `The reason is at the end of ${log.path}.`,
  });
}
