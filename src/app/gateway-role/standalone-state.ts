import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../private-file.ts';

const Fault = z.object({ place: z.string(), message: z.string() });
const StandaloneState = z.object({
  pid: z.int(),
  configFile: z.string(),
  admin: z.string().nullable(),
  /** How often it has read the file. */
  reads: z.int(),
  /** The file that is in service, by the SHA-256 of its text. */
  applied: z.object({ revision: z.int(), digest: z.string() }),
  /** The last file that was not taken over, and why. */
  refused: z.object({ digest: z.string(), message: z.string(), faults: z.array(Fault) }).nullable(),
});

/** What a gateway that runs alone says about itself in its data folder, for the command line of this machine. */
export type StandaloneState = z.infer<typeof StandaloneState>;

const stateFile = (dataDir: string) => join(dataDir, 'standalone.json');

export const digestOf = (text: string): string => hash('sha256', text, 'hex');

export function writeState(dataDir: string, state: StandaloneState): void {
  writePrivateFile(stateFile(dataDir), `${JSON.stringify(state, null, 2)}\n`);
}

/** Null when no gateway has run alone on this folder, or what it said cannot be read. */
export function readState(dataDir: string): StandaloneState | null {
  try {
    return StandaloneState.parse(JSON.parse(readFileSync(stateFile(dataDir), 'utf8')));
  } catch {
    // Whoever asks says what is missing without it.
    return null;
  }
}

/** Whether the gateway that wrote the state still runs. */
export function isRunning({ pid }: StandaloneState): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
