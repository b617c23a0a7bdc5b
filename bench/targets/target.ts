import { setTimeout as wait } from 'node:timers/promises';
import type { Program } from '../processes.ts';

/** Something that stands between callers and an upstream; each file here makes one. */
export type Target = {
  id: string;
  /** Name in the table. */
  label: string;
  start(upstreamPort: number): Promise<RunningTarget>;
};

export type RunningTarget = {
  /** A more exact name than the target's, such as one with the version. */
  label?: string;
  port: number;
  /** Every process whose CPU time counts. */
  pids: readonly number[];
  /** How many requests it has written down so far; null when it keeps no record. */
  recorded: (() => Promise<number>) | null;
  stop(): Promise<void>;
};

/** This target cannot be had here; the reason is told in the table's place. */
export class NotAvailable extends Error {}

/** Waits until an address answers at all, or with the given status; throws with the program's words when it does not. */
export async function untilAnswers(url: string, program: Program, status?: number, everyMs = 20): Promise<void> {
  const until = performance.now() + 30_000;
  for (;;) {
    try {
      const response = await fetch(url, { headers: { connection: 'close' } });
      await response.arrayBuffer();
      if (status === undefined || response.status === status) return;
    } catch {
      // Nobody listens yet.
    }
    if (program.child.exitCode !== null) throw new Error(`it ended at once and said:\n${program.output()}`);
    if (performance.now() > until) throw new Error(`it does not answer at ${url} and said:\n${program.output()}`);
    await wait(everyMs);
  }
}
