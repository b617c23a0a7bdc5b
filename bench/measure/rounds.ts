import { type Load, type LoadResult, runWrk } from '../load/wrk.ts';
import type { BenchOptions } from '../suite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { cpuMicros } from './accounting.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** A target under a load; one line of a table. */
export type Entry = { id: string; label: string; target: RunningTarget; load: Load };

/** One measurement: CPU time in microseconds for each request, and what the callers saw. */
export type Round = LoadResult & { cpuMicros: number };

export type Measured = {
  id: string;
  label: string;
  rounds: readonly Round[];
  cpuMicros: Spread;
  /** CPU time in relation to the yardstick's in the same round. */
  ratio: Spread;
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
};

/**
 * Measures the entries in turns, A B C A B C …, so that what else the machine does hits all of them alike; each round begins
 * with another one. The first entry is the yardstick.
 */
export async function measureInRounds(
  title: string,
  entries: readonly Entry[],
  options: BenchOptions,
): Promise<readonly Measured[]> {
  for (const { label, target, load } of entries) {
    if (options.warmUpSeconds === 0) break;
    say(`${title}: warming up ${label}`);
    await runWrk(target.port, load, { ...options, seconds: options.warmUpSeconds });
  }
  const rounds = new Map<Entry, Round[]>(entries.map((entry) => [entry, []]));
  for (let round = 0; round < options.rounds; round++) {
    say(`${title}: round ${round + 1} of ${options.rounds}`);
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[(round + i) % entries.length];
      if (entry !== undefined) rounds.get(entry)?.push(await measure(entry, options));
    }
  }
  say('');
  const [yardstick] = rounds.values();
  return [...rounds].map(([entry, own]) => summarise(entry, own, yardstick ?? []));
}

async function measure({ label, target, load }: Entry, options: BenchOptions): Promise<Round> {
  const before = cpuMicros(target.pids);
  try {
    const result = await runWrk(target.port, load, options);
    return { ...result, cpuMicros: (cpuMicros(target.pids) - before) / result.requests };
  } catch (error) {
    throw new Error(`${label}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function summarise(entry: Entry, rounds: readonly Round[], yardstick: readonly Round[]): Measured {
  const middle = (of: (round: Round) => number): number => spreadOf(rounds.map(of)).median;
  return {
    id: entry.id,
    label: entry.label,
    rounds,
    cpuMicros: spreadOf(rounds.map((round) => round.cpuMicros)),
    ratio: spreadOf(rounds.map((round, i) => round.cpuMicros / (yardstick[i]?.cpuMicros ?? Number.NaN))),
    p50Ms: middle((round) => round.p50Ms),
    p99Ms: middle((round) => round.p99Ms),
    perSecond: middle((round) => round.perSecond),
  };
}

/** One line that replaces itself on a terminal. */
function say(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${text}`);
  else if (text !== '' && !/round (?!1 )/.test(text)) process.stdout.write(`${text}\n`);
}
