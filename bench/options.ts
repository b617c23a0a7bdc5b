import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchOptions } from './suite.ts';

export type CommandLine = { suites: readonly string[]; options: BenchOptions; resultsFolder: string | null };

export class UsageError extends Error {}

const RESULTS = join(import.meta.dirname, 'results');
/** Beside the repository: what is measured there is not ours to hand on. */
const CORPORA = join(import.meta.dirname, '..', '..', 'shared', 'corpora');

export function helpText(suites: readonly (readonly [string, string])[]): string {
  const width = Math.max(...suites.map(([name]) => name.length));
  return `npm run bench [-- SUITE … OPTIONS]

Suites (all of them when none is named):
${suites.map(([name, title]) => `  ${name.padEnd(width)}  ${title}`).join('\n')}

Options:
  --rounds N        how often each target is measured (10)
  --seconds S       length of one measurement (1.5)
  --warm-up S       unmeasured load on each target beforehand (3)
  --connections N   connections of the load generator (32)
  --only ID,ID      only these targets, such as nightlatch,nginx,haproxy,fast-gateway
  --corpora FOLDER  requests that the attack filter judges, NAME.jsonl.gz (../shared/corpora)
  --no-save         write no files to bench/results
  --help

Examples:
  npm run bench -- gateway
  npm run bench -- gateway scale --rounds 20
  npm run bench -- gateway --only nightlatch --rounds 3 --no-save

Exit code: 0 all promises kept, 1 one was missed, 64 wrong usage, 69 something needed is missing. More: docs/BENCHMARKS.md`;
}

/** Throws `UsageError`; null asks for help. */
export function readCommandLine(args: readonly string[], known: readonly string[]): CommandLine | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  for (const name of positionals) {
    if (!known.includes(name)) throw new UsageError(`There is no suite "${name}"; there are ${known.join(', ')}.`);
  }
  return {
    suites: positionals.length === 0 ? known : positionals,
    options: {
      rounds: number(values.rounds, '--rounds', 1, true),
      seconds: number(values.seconds, '--seconds', 0.2, false),
      warmUpSeconds: number(values['warm-up'], '--warm-up', 0, false),
      connections: number(values.connections, '--connections', 1, true),
      only: values.only === undefined ? null : values.only.split(','),
      corpora: values.corpora ?? CORPORA,
    },
    resultsFolder: values['no-save'] === true ? null : RESULTS,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '10' },
        seconds: { type: 'string', default: '1.5' },
        'warm-up': { type: 'string', default: '3' },
        connections: { type: 'string', default: '32' },
        only: { type: 'string' },
        corpora: { type: 'string' },
        'no-save': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function number(text: string, option: string, least: number, whole: boolean): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= 10_000 && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(`${option} wants a ${whole ? 'whole ' : ''}number of at least ${least}, not "${text}".`);
}
