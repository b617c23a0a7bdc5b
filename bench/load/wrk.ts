import { once } from 'node:events';
import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';
import { startProgram } from '../processes.ts';

const FOLDER = import.meta.dirname;

/** What to ask a target for, and how it must answer. */
export type Load = {
  path: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  /** Lua script of this folder, and its arguments. */
  script: 'same.lua' | 'random.lua';
  args: readonly string[];
  status: number;
};

export type LoadResult = {
  requests: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
};

/** Loads a port of the loopback address from one thread. Throws when an answer was not the expected one or did not come. */
export async function runWrk(
  port: number,
  load: Load,
  options: { seconds: number; connections: number },
): Promise<LoadResult> {
  const wrk = findProgram('wrk');
  if (wrk === undefined) throw new Error('wrk is not installed');
  // wrk counts whole seconds only; at an interrupt it ends its run in order. The end of its own is the safety net.
  const atMost = `${Math.ceil(options.seconds) + 2}s`;
  const program = await startProgram(
    wrk,
    [
      ...['-t1', `-c${options.connections}`, '-d', atMost, '--timeout', '10s', '-s', load.script],
      ...Object.entries(load.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
      ...[`http://127.0.0.1:${port}${load.path}`, '--', ...load.args],
    ],
    { cwd: FOLDER },
  );
  const ended = once(program.child, 'close');
  const timer = setTimeout(() => program.child.kill('SIGINT'), options.seconds * 1000);
  await ended;
  clearTimeout(timer);
  return readSummary(program.output(), load);
}

type Summary = { requests: number; micros: number; p50: number; p99: number; refused: number; broken: number };

function readSummary(output: string, load: Load): LoadResult {
  const line = output.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`wrk failed:\n${output}`);
  const summary = JSON.parse(line) as Summary;
  const refusals = load.status >= 400 ? summary.requests : 0;
  if (summary.broken > 0) throw new Error(`${summary.broken} connections broke or timed out under load`);
  if (summary.requests === 0) throw new Error('not one request was answered');
  if (summary.refused !== refusals) {
    throw new Error(`${summary.refused} of ${summary.requests} answers were refusals; expected were ${refusals}`);
  }
  return {
    requests: summary.requests,
    perSecond: summary.requests / (summary.micros / 1_000_000),
    p50Ms: summary.p50 / 1000,
    p99Ms: summary.p99 / 1000,
  };
}
