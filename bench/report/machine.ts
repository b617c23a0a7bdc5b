import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';

/** What the figures were measured on; nothing that names the machine or its owner. */
export type Machine = {
  processor: string;
  cores: number;
  memoryGiB: number;
  kernel: string;
  node: string;
  nginx: string;
  haproxy: string;
  /** Load of the last minute before the start: above a fraction of the cores, something else was running. */
  loadBefore: number;
};

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    kernel: `${type()} ${/^\d+\.\d+/.exec(release())?.[0] ?? ''}`,
    node: process.version,
    nginx: versionOf('nginx'),
    haproxy: versionOf('haproxy'),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

export function machineWords(machine: Machine): string {
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB`,
    machine.kernel,
    `Node.js ${machine.node}`,
    `nginx ${machine.nginx}`,
    `HAProxy ${machine.haproxy}`,
    `load before the start ${machine.loadBefore}`,
  ].join(' · ');
}

function versionOf(name: string): string {
  const program = findProgram(name);
  if (program === undefined) return 'not installed';
  // nginx tells its version on the error output.
  const words = execFileSync('/bin/sh', ['-c', '"$0" -v 2>&1', program], { encoding: 'utf8' });
  return /\d+\.\d+\.\d+/.exec(words)?.[0] ?? 'unknown';
}
