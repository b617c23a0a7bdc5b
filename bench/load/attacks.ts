import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';
import { startProgram } from '../processes.ts';

/** What became of an attacker's connections. */
export type AttackResult = { opened: number; cutOff: number };
export type Attack = {
  id: string;
  label: string;
  /** Attacks the port for so long; what it starts has ended when it resolves. */
  run(port: number, seconds: number, folder: string): Promise<AttackResult>;
};

export const SLOW_CONNECTIONS = 500;
const PER_SECOND = 250;

/** The three ways of slowhttptest: 500 connections that move a few bytes every five seconds. */
export const SLOW_HEADERS = slow('slow-headers', 'slow headers', ['-H', '-i', '5', '-x', '8'], '/open/small');
export const SLOW_BODY = slow('slow-body', 'slow body', ['-B', '-i', '5', '-x', '1', '-s', '8192'], '/open/small');
export const SLOW_READ = slow(
  'slow-read',
  'slow read',
  ['-X', '-n', '5', '-z', '5', '-w', '10', '-y', '20'],
  '/open/large',
);

function slow(id: string, label: string, how: readonly string[], path: string): Attack {
  return {
    id,
    label: `${label}, ${SLOW_CONNECTIONS} connections`,
    async run(port, seconds, folder) {
      const program = findProgram('slowhttptest');
      if (program === undefined) throw new Error('slowhttptest is not installed');
      const report = join(folder, `${id}-${port}`);
      const counts = ['-c', `${SLOW_CONNECTIONS}`, '-r', `${PER_SECOND}`, '-l', `${seconds}`];
      // "-p 600": its own probe never calls the server down, which would end the attack.
      const args = [...how, ...counts, '-p', '600', '-u', `http://127.0.0.1:${port}${path}`, '-g', '-o', report];
      const { child } = await startProgram(program, args, { cwd: folder });
      if (child.exitCode === null) await once(child, 'exit');
      return readReport(`${report}.csv`);
    },
  };
}

/** Its columns: second, closed, pending, connected, service available. */
function readReport(file: string): AttackResult {
  if (!existsSync(file)) throw new Error('slowhttptest wrote no report');
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const cutOff = Math.max(...rows.map(([, closed = 0]) => closed));
  const opened = Math.max(...rows.map(([, closed = 0, , connected = 0]) => closed + connected));
  return { opened, cutOff };
}

const RESETS = fileURLToPath(new URL('./rapid-reset.ts', import.meta.url));

/** HTTP/2 requests that are reset at once (CVE-2023-44487), by a process of its own. */
export const RAPID_RESET: Attack = {
  id: 'rapid-reset',
  label: 'HTTP/2 rapid reset',
  async run(port, seconds) {
    const program = await startProgram(process.execPath, [RESETS, String(port), String(seconds)]);
    if (program.child.exitCode === null) await once(program.child, 'close');
    return JSON.parse(program.output().trim()) as AttackResult;
  },
};
