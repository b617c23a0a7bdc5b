import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { GapEvent } from '../../contracts/events/gateway-event.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { listSegments, removeSegment, repairTail, type Segment, segmentPath } from './segments.ts';

/** Told when its event is in the operating system's hands: only then may the answer's last byte leave. */
export type Waiter = { recorded(): void };

export type SpoolOptions = {
  maxBytes?: number;
  maxAgeMs?: number;
  segmentBytes?: number;
};

type Gap = { from: number; to: number; reason: GapEvent['reason'] };

export type SpoolStatus = {
  lastSeq: number;
  firstSeq: number;
  shippedSeq: number;
  bytes: number;
  droppedEvents: number;
};

const DEFAULTS = { maxBytes: 512 * 1024 ** 2, maxAgeMs: 30 * 86_400_000, segmentBytes: 8 * 1024 ** 2 };

const SCRATCH_BYTES = 256 * 1024;

/**
 * The durable event log of a gateway. Events of one event-loop turn are written with one `write(2)`; a crash of the process
 * loses none of them, as they are in the kernel's cache. Size and age are capped: the oldest segments go first, and what goes
 * before the control plane has it is recorded as a gap. A full disk never stops traffic and never goes unrecorded.
 */
export class Spool {
  readonly folder: string;
  readonly #options: Required<SpoolOptions>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners = new Set<() => void>();
  #segments: Segment[];
  #descriptor: number;
  #lastSeq: number;
  /** Highest seq that the control plane has; what is at or below it may be dropped without a gap. */
  #shippedSeq = 0;
  readonly #scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  #lines: string[] = [];
  #waiters: Waiter[] = [];
  #scheduled = false;
  /** Losses not yet written down. */
  #gaps: Gap[] = [];
  #dropped = 0;
  #closed = false;
  /** True when no segment was there: seqs begin anew, so the gateway needs a new id. */
  readonly isNew: boolean;

  constructor(dataDir: string, options: SpoolOptions, deps: { clock: Clock; logger: Logger }) {
    this.folder = join(dataDir, 'spool');
    this.#options = { ...DEFAULTS, ...options };
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.#segments = listSegments(this.folder);
    const newest = this.#segments.at(-1);
    this.isNew = newest === undefined;
    if (newest === undefined) {
      this.#lastSeq = 0;
      this.#descriptor = this.#openSegment(1);
    } else {
      const { lastSeq, bytes } = repairTail(newest);
      newest.bytes = bytes;
      this.#lastSeq = lastSeq;
      this.#descriptor = openSync(newest.file, 'a', 0o600);
    }
    this.#enforceAge();
  }

  /** `fields` is the event's JSON after its seq: `"type":"request",…}`. */
  append(fields: string, waiter: Waiter | null): void {
    this.#lastSeq++;
    this.#lines.push(`{"seq":${this.#lastSeq},${fields}\n`);
    if (waiter !== null) this.#waiters.push(waiter);
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(this.#flush);
    }
  }

  /** Calls `listener` after each write, until the returned function is called. */
  onWritten(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The control plane has everything up to `seq`: whole segments below it are no longer needed. */
  shippedThrough(seq: number): void {
    this.#shippedSeq = Math.max(this.#shippedSeq, seq);
    while (this.#segments.length > 1 && (this.#segments[1]?.firstSeq ?? Infinity) <= seq + 1) {
      const first = this.#segments.shift();
      if (first !== undefined) removeSegment(first);
    }
  }

  status(): SpoolStatus {
    return {
      lastSeq: this.#lastSeq,
      firstSeq: this.#segments[0]?.firstSeq ?? this.#lastSeq + 1,
      shippedSeq: this.#shippedSeq,
      bytes: this.#segments.reduce((sum, segment) => sum + segment.bytes, 0),
      droppedEvents: this.#dropped,
    };
  }

  /** Writes what is queued and closes the file. Further appends are a programming error. */
  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    if (this.#lines.length === 0) return;
    const count = this.#lines.length;
    const text = this.#lines.length === 1 ? (this.#lines[0] ?? '') : this.#lines.join('');
    const waiters = this.#waiters;
    this.#lines = [];
    this.#waiters = [];
    const firstSeq = this.#lastSeq - count + 1;
    const gaps = this.#gaps;
    const data = this.#encode(gaps.length === 0 ? text : text + gaps.map((gap) => this.#gapLine(gap)).join(''));
    this.#gaps = [];
    if (!this.#store(data, firstSeq)) {
      this.#gaps.unshift(...gaps);
      this.#lose(firstSeq, this.#lastSeq, 'disk-full');
    }
    for (const waiter of waiters) waiter.recorded();
    const current = this.#segments.at(-1);
    if (current !== undefined && current.bytes >= this.#options.segmentBytes) this.#rotate();
    for (const listener of this.#listeners) listener();
  };

  /** The text's bytes, in a buffer that is used again for the next turn: one per turn would keep the collector busy. */
  #encode(text: string): Buffer {
    if (text.length * 3 > this.#scratch.length) return Buffer.from(text);
    return this.#scratch.subarray(0, this.#scratch.write(text));
  }

  /** Writes all of `data` or nothing; on a full disk old segments make room. */
  #store(data: Buffer, firstSeq: number): boolean {
    for (;;) {
      if (this.#write(data)) return true;
      if (this.#segments.length === 1) {
        const current = this.#segments[0];
        if (current === undefined || current.bytes === 0 || !this.#reopen(firstSeq)) return false;
      }
      this.#dropOldest('disk-full');
    }
  }

  /** Goes on in a new segment from `firstSeq`; false when not even an empty file can be made. */
  #reopen(firstSeq: number): boolean {
    try {
      const descriptor = this.#openSegment(firstSeq);
      closeSync(this.#descriptor);
      this.#descriptor = descriptor;
      return true;
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'no new file for the event log could be made');
      return false;
    }
  }

  #write(data: Buffer): boolean {
    const current = this.#segments.at(-1);
    if (current === undefined) return false;
    let written = 0;
    try {
      while (written < data.length) written += writeSync(this.#descriptor, data, written);
      current.bytes += data.length;
      current.modifiedMs = this.#clock.now();
      return true;
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'the event log could not be written');
      if (written > 0) ftruncateSync(this.#descriptor, current.bytes);
      return false;
    }
  }

  #rotate(): void {
    if (!this.#reopen(this.#lastSeq + 1)) return;
    this.#enforceAge();
    let bytes = this.status().bytes;
    while (bytes > this.#options.maxBytes && this.#segments.length > 1) {
      bytes -= this.#segments[0]?.bytes ?? 0;
      this.#dropOldest('size-cap');
    }
  }

  #openSegment(firstSeq: number): number {
    const file = segmentPath(this.folder, firstSeq);
    const descriptor = openSync(file, 'a', 0o600);
    this.#segments.push({ file, firstSeq, bytes: 0, modifiedMs: this.#clock.now() });
    return descriptor;
  }

  #enforceAge(): void {
    const horizon = this.#clock.now() - this.#options.maxAgeMs;
    while (this.#segments.length > 1 && (this.#segments[0]?.modifiedMs ?? Infinity) < horizon)
      this.#dropOldest('age-cap');
  }

  #dropOldest(reason: GapEvent['reason']): void {
    const oldest = this.#segments.shift();
    const next = this.#segments[0];
    if (oldest === undefined || next === undefined) return;
    removeSegment(oldest);
    const from = Math.max(oldest.firstSeq, this.#shippedSeq + 1);
    if (from < next.firstSeq) this.#lose(from, next.firstSeq - 1, reason);
  }

  #lose(from: number, to: number, reason: GapEvent['reason']): void {
    this.#dropped += to - from + 1;
    const last = this.#gaps.at(-1);
    if (last !== undefined && last.reason === reason && last.to + 1 === from) last.to = to;
    else this.#gaps.push({ from, to, reason });
    this.#logger.warn({ from, to, reason }, 'events were dropped from the event log');
  }

  /** A line of its own for what is missing; it takes the next seq. */
  #gapLine(gap: Gap): string {
    this.#lastSeq++;
    const time = new Date(this.#clock.now()).toISOString();
    return `${JSON.stringify({ seq: this.#lastSeq, type: 'gap', time, ...gap })}\n`;
  }
}
