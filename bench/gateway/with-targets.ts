import { setTimeout as wait } from 'node:timers/promises';
import type { Load } from '../load/wrk.ts';
import { type Entry, type Measured, measureInRounds } from '../measure/rounds.ts';
import type { BenchOptions } from '../suite.ts';
import { NotAvailable, type RunningTarget, type Target } from '../targets/target.ts';

export type Missing = { label: string; reason: string };
export type Case = { target: Target; load: Load; label?: string };

/** Starts the targets, lets them show that they answer rightly, measures them in turns, counts what they recorded, ends them. */
export async function measureTargets(
  title: string,
  upstreamPort: number,
  cases: readonly Case[],
  options: BenchOptions,
): Promise<{ measured: readonly Measured[]; missing: readonly Missing[] }> {
  const started: RunningTarget[] = [];
  const entries: Entry[] = [];
  const missing: Missing[] = [];
  try {
    for (const { target, load, label } of cases) {
      try {
        const running = await target.start(upstreamPort);
        started.push(running);
        entries.push({ id: target.id, label: label ?? running.label ?? target.label, target: running, load });
      } catch (error) {
        if (!(error instanceof NotAvailable)) throw error;
        missing.push({ label: target.label, reason: error.message });
      }
    }
    const before = await Promise.all(entries.map((entry) => entry.target.recorded?.() ?? 0));
    const measured = await measureInRounds(title, entries, options);
    for (const [i, { label, target }] of entries.entries()) {
      const wanted = measured[i]?.rounds.reduce((sum, round) => sum + round.requests, 0) ?? 0;
      if (target.recorded !== null) await untilRecorded(label, target.recorded, (before[i] ?? 0) + wanted);
    }
    return { measured, missing };
  } finally {
    await Promise.all(started.map((running) => running.stop()));
  }
}

const PATIENCE_MS = 2_000;

/** A target that does not do its job would look cheap. Some write with a delay. */
async function untilRecorded(label: string, recorded: () => Promise<number>, wanted: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const written = await recorded();
    if (written >= wanted) return;
    if (performance.now() > until) throw new Error(`${label} wrote down ${written} requests of at least ${wanted}`);
    await wait(100);
  }
}
