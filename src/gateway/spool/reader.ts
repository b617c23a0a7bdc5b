import { type FileHandle, open } from 'node:fs/promises';
import { listSegments, type Segment, seqOfLine } from './segments.ts';

/** Whole lines as they stand in the spool, and the seq of the last of them. */
export type Batch = { data: Buffer; lastSeq: number };

/**
 * Reads a spool from behind, while it is written. It keeps its place in the file; when the file it was in is gone (caps), it
 * goes on with the oldest one left.
 */
export class SpoolReader {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #lane: number;
  #file: string | null = null;
  #offset = 0;

  constructor(folder: string, maxBytes: number, lane: number) {
    this.#lane = lane;
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** The next lines after `afterSeq`; null when there are none yet. A batch is offered again until the reader `advance`s. */
  async read(afterSeq: number): Promise<Batch | null> {
    const segments = listSegments(this.#folder, this.#lane);
    let index = segments.findIndex((segment) => segment.file === this.#file);
    if (index === -1) {
      index = Math.max(
        0,
        segments.findLastIndex((segment) => segment.firstSeq <= afterSeq + 1),
      );
      this.#enter(segments[index]);
    }
    for (; index < segments.length; index++) {
      const segment = segments[index];
      if (segment === undefined) break;
      if (segment.file !== this.#file) this.#enter(segment);
      const batch = await this.#readFrom(segment, afterSeq);
      if (batch !== null) return batch;
    }
    return null;
  }

  /** The batch that was read last is stored: go on after it. */
  advance(batch: Batch): void {
    this.#offset += batch.data.length;
  }

  #enter(segment: Segment | undefined): void {
    this.#file = segment?.file ?? null;
    this.#offset = 0;
  }

  async #readFrom(segment: Segment, afterSeq: number): Promise<Batch | null> {
    let handle: FileHandle;
    try {
      handle = await open(segment.file, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      for (;;) {
        const buffer = Buffer.allocUnsafe(this.#maxBytes);
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.#offset);
        const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
        if (end === 0) return null;
        const data = buffer.subarray(0, end);
        const lastSeq = lastSeqOf(data);
        // What the control plane has already (a restart lost the place in the file) is passed over here.
        if (lastSeq !== null && lastSeq > afterSeq) return { data, lastSeq };
        this.#offset += end;
      }
    } finally {
      await handle.close();
    }
  }
}

function lastSeqOf(data: Buffer): number | null {
  let end = data.length - 1;
  while (end > 0) {
    const start = data.lastIndexOf(0x0a, end - 1) + 1;
    const seq = seqOfLine(data.toString('latin1', start, Math.min(end, start + 32)));
    if (seq !== null) return seq;
    end = start - 1;
  }
  return null;
}
