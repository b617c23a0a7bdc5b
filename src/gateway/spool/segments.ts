import { closeSync, fstatSync, ftruncateSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of a spool: `<first seq, 16 digits>.ndjson`, so that their names sort by age and say what is inside. Each holds
 * whole lines, each line an event that begins with `{"seq":N,`. Worker 1 of several writes `<first seq>-w1.ndjson` beside them,
 * worker 2 `-w2`: each such lane is numbered for itself.
 */
export type Segment = { file: string; firstSeq: number; bytes: number; modifiedMs: number };

const NAME = /^(\d{16})(?:-w(\d{1,2}))?\.ndjson$/;
const SEQ = /^\{"seq":(\d+),/;
const TAIL_BYTES = 256 * 1024;

/** What the names of a lane's files end with: nothing for lane 0. */
export const laneSuffix = (lane: number): string => (lane === 0 ? '' : `-w${lane}`);

export function segmentPath(folder: string, firstSeq: number, lane: number): string {
  return join(folder, `${String(firstSeq).padStart(16, '0')}${laneSuffix(lane)}.ndjson`);
}

/** The lanes that have segments in a folder. */
export function listLanes(folder: string): number[] {
  const lanes = readdirSync(folder).flatMap((name) => {
    const match = NAME.exec(name);
    return match === null ? [] : [Number(match[2] ?? 0)];
  });
  return [...new Set(lanes)].sort((a, b) => a - b);
}

/** All segments of a lane, oldest first. */
export function listSegments(folder: string, lane: number): Segment[] {
  const segments: Segment[] = [];
  for (const name of readdirSync(folder).sort()) {
    const match = NAME.exec(name);
    if (match === null || Number(match[2] ?? 0) !== lane) continue;
    const file = join(folder, name);
    const stat = statSync(file);
    segments.push({ file, firstSeq: Number(match[1]), bytes: stat.size, modifiedMs: stat.mtimeMs });
  }
  return segments;
}

/** The seq that a line begins with; null for a line that is not one of ours. */
export function seqOfLine(line: string): number | null {
  const match = SEQ.exec(line);
  return match === null ? null : Number(match[1]);
}

/**
 * Makes the newest segment whole after a crash: cuts off a torn last line (its request was never answered) and tells the seq
 * of the last whole one. An empty segment's last seq is the one before its first.
 */
export function repairTail(segment: Segment): { lastSeq: number; bytes: number } {
  const descriptor = openSync(segment.file, 'r+');
  try {
    const size = fstatSync(descriptor).size;
    const length = Math.min(size, TAIL_BYTES);
    const buffer = Buffer.alloc(length);
    readSync(descriptor, buffer, 0, length, size - length);
    const end = buffer.lastIndexOf(0x0a) + 1;
    const bytes = size - length + end;
    if (bytes < size) ftruncateSync(descriptor, bytes);
    const lines = buffer.subarray(0, end).toString('utf8').split('\n');
    for (let i = lines.length - 1; i >= 0; i--) {
      const seq = seqOfLine(lines[i] ?? '');
      if (seq !== null) return { lastSeq: seq, bytes };
    }
    return { lastSeq: segment.firstSeq - 1, bytes };
  } finally {
    closeSync(descriptor);
  }
}

export function removeSegment(segment: Segment): void {
  rmSync(segment.file, { force: true });
}
