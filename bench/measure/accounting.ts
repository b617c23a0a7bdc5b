import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The operating system's accounting of processes, from Linux's /proc (proc(5)). */

/** False on systems without /proc, such as macOS: there nothing here can be measured. */
export function hasAccounting(): boolean {
  return existsSync('/proc/self/stat');
}

/** A process and all that descend from it. */
export function processTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/** CPU time that the processes have used so far, in user and kernel mode, all threads, in microseconds. */
export function cpuMicros(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * microsPerTick();
}

/** Memory of the process that is in RAM (VmRSS), in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`the system does not say how much memory process ${pid} uses`);
  return Number(kilobytes) * 1024;
}

/** utime + stime, fields 14 and 15. The program's name comes before them and may hold anything, even ") ". */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

let tick: number | null = null;

function microsPerTick(): number {
  tick ??= 1_000_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return tick;
}
