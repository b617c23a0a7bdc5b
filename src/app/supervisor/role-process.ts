import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../platform/app-error.ts';
import { launcher } from '../paths.ts';
import { RoleMessage } from '../process/role-messages.ts';
import type { LogFile } from './log-file.ts';

type Ready = Extract<RoleMessage, { type: 'ready' }>;

export type RoleOptions = {
  /** As it is called to people: "control plane". */
  name: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  log: LogFile;
  /** Says something to the person at the terminal. */
  say(text: string): void;
};

export type RoleProcess = {
  /** Resolves when the role answers for the first time; throws what it failed with when it cannot even start. */
  readonly ready: Promise<Ready>;
  /** Asks it to end and waits; after `graceMs` it is ended. */
  stop(graceMs: number): Promise<void>;
  /** Ends it at once. */
  kill(): void;
};

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** A role that ran this long was in order; its next restart waits little again. */
const HEALTHY_AFTER_MS = 60_000;

/** Keeps one role running as a child process: starts it again, with growing waits, whenever it dies, and says so. */
export function keepRunning(options: RoleOptions): RoleProcess {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let everReady = false;
  const ready = Promise.withResolvers<Ready>();
  // Whoever awaits `ready` handles it; a start that is broken off by Ctrl-C has nobody who does.
  ready.promise.catch(() => {});

  const finished = run();
  return {
    ready: ready.promise,
    async stop(graceMs) {
      stopping.abort();
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), graceMs);
      await finished;
      clearTimeout(timer);
    },
    kill() {
      stopping.abort();
      child?.kill('SIGKILL');
    },
  };

  async function run(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const end = await runOnce();
      if (stopping.signal.aborted) return;
      if (!everReady) {
        ready.reject(
          end.failure ??
            new AppError('role-failed', `The ${options.name} ended at its start (${end.how}).`, {
              next: `The reason is at the end of ${options.log.path}.`,
            }),
        );
        return;
      }
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) waitMs = FIRST_WAIT_MS;
      const why = end.failure?.message ?? `The ${options.name} stopped unexpectedly (${end.how}).`;
      options.say(`${why} Starting it again; the log is ${options.log.path}.`);
      await wait(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  function runOnce(): Promise<{ how: string; failure: AppError | null }> {
    const { promise, resolve } = Promise.withResolvers<{ how: string; failure: AppError | null }>();
    let failure: AppError | null = null;
    const started = spawn(process.execPath, [launcher(), ...options.args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...options.env },
    });
    child = started;
    started.stdout?.on('data', (chunk: Buffer) => options.log.write(chunk));
    let words = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      options.log.write(chunk);
      words = (words + chunk.toString('utf8')).slice(-MAX_WORDS);
    });
    started.on('message', (message) => {
      const known = RoleMessage.safeParse(message);
      if (!known.success) return;
      if (known.data.type === 'ready') {
        if (everReady) {
          const { setupCode } = known.data;
          options.say(`The ${options.name} answers again.`);
          if (setupCode !== null) options.say(`The set-up code is now ${setupCode}; the one before is void.`);
        }
        everReady = true;
        ready.resolve(known.data);
      } else {
        const { code, message: text, next } = known.data;
        failure = new AppError(code, text, next === null ? {} : { next });
      }
    });
    started.on('error', (error) => resolve({ how: error.message, failure }));
    started.on('close', (code, signal) => resolve({ how: lastWords(words) ?? signal ?? `exit code ${code}`, failure }));
    return promise;
  }
}

const MAX_WORDS = 4_096;

/** What the launcher said about a fault of ours. The log itself may be on a disk that is full. */
function lastWords(text: string): string | null {
  return text.split('\n').findLast((line) => /^Nightlatch /.test(line)) ?? null;
}
