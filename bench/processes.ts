import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE_MS = 6_000;

const running = new Set<ChildProcess>();
const folders = new Set<string>();

export type Program = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it wrote, for the moment when it fails. */
  output(): string;
  /** Asks it to end, makes it end when it does not, and waits for that. */
  stop(): Promise<void>;
};

/** Starts a program that ends with this one at the latest. Throws when it cannot be started. */
export async function startProgram(
  path: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Program> {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  await once(child, 'spawn');
  running.add(child);
  child.once('exit', () => running.delete(child));
  return { child, pid: child.pid ?? 0, output: () => output, stop: () => stopChild(child) };
}

/** A folder that is gone at the end. `parent` chooses the disk. */
export function temporaryFolder(parent: string = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'nightlatch-bench-'));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** Ends every program and removes every folder. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map(stopChild));
  for (const folder of folders) removeFolder(folder);
}

/** Leaves nothing behind on Ctrl-C either, and no program behind when this process fails. */
export function cleanUpOnSignals(): void {
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const, ['SIGHUP', 129] as const]) {
    process.once(signal, () => {
      process.stdout.write('\nStopping.\n');
      void cleanUp().finally(() => process.exit(code));
    });
  }
  process.once('exit', () => {
    // Not SIGKILL: nginx passes the end on to its workers only when it is asked to end.
    for (const child of running) child.kill('SIGTERM');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = await Promise.race([ended.then(() => false), wait(PATIENCE_MS, true, { ref: false })]);
  if (!late) return;
  child.kill('SIGKILL');
  await ended;
}
