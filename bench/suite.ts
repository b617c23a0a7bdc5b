import type { Table } from './report/table.ts';

/** How to measure; the command line sets it (`main.ts`). */
export type BenchOptions = {
  /** How often each target is measured. */
  rounds: number;
  /** Length of one measurement. */
  seconds: number;
  /** Unmeasured load on each target before the first round, so that compilers and pools have settled. */
  warmUpSeconds: number;
  /** Connections that the load generator keeps open. */
  connections: number;
  /** Ids of the targets to measure; null: all. The yardstick is always measured. */
  only: readonly string[] | null;
  /** Folder with requests to judge (`detection/corpora.ts`); it need not be there. */
  corpora: string;
};

/** What a benchmark must show, and whether it did. */
export type Verdict = { promise: string; measured: string; kept: boolean };

/** One table with what belongs to it. */
export type Section = {
  id: string;
  title: string;
  /** How it was measured and what limits its meaning; one sentence or two each. */
  notes: readonly string[];
  table: Table;
  verdicts: readonly Verdict[];
  /** The figures behind the table, for the JSON file: plain data. */
  data: unknown;
};

/** What a suite cannot do without: `proc` is Linux's accounting of processes, the others are programs. */
export type Need = 'proc' | 'wrk' | 'nginx' | 'slowhttptest';

export type Suite = {
  title: string;
  needs: readonly Need[];
  run(options: BenchOptions): Promise<readonly Section[]>;
};
