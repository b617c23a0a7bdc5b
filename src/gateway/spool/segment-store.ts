import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import type { GapEvent } from '../../contracts/events/gateway-event.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { listSegments, removeSegment, repairTail, type Segment, segmentPath } from './segments.ts';

export type SegmentLimits = { maxBytes: number; maxAgeMs: number; segmentBytes: number };

type Deps = {
  clock: Clock;
  logger: Logger;
  /** Events that nobody has read are gone. */
  onLost(from: number, to: number, reason: GapEvent['reason']): void;
};

/** The files of a spool: writes to the newest, drops the oldest when they are too many, too old, or the disk is full. */
export class SegmentStore {
  readonly #folder: string;
  readonly #lane: number;
  readonly #limits: SegmentLimits;
  readonly #deps: Deps;
  #segments: Segment[];
  #descriptor: number;
  #shippedSeq = 0;
  /** Seq of the last whole line found at the start; 0 in a new spool. */
  readonly recoveredSeq: number;
  readonly isNew: boolean;

  constructor(folder: string, lane: number, limits: SegmentLimits, deps: Deps) {
    this.#folder = folder;
    this.#lane = lane;
    this.#limits = limits;
    this.#deps = deps;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#segments = listSegments(folder, lane);
    const newest = this.#segments.at(-1);
    this.isNew = newest === undefined;
    if (newest === undefined) {
      this.recoveredSeq = 0;
      this.#descriptor = this.#openSegment(1);
    } else {
      const { lastSeq, bytes } = repairTail(newest);
      newest.bytes = bytes;
      this.recoveredSeq = lastSeq;
      this.#descriptor = openSync(newest.file, 'a', 0o600);
    }
    this.#enforceAge();
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  get shippedSeq(): number {
    return this.#shippedSeq;
  }

  /** Writes all of `data`, whose first event is `firstSeq`, or nothing; on a full disk old segments make room. */
  write(data: Buffer, firstSeq: number): boolean {
    for (;;) {
      if (this.#append(data)) return true;
      if (this.#segments.length === 1) {
        const current = this.#segments[0];
        if (current === undefined || current.bytes === 0 || !this.#reopen(firstSeq)) return false;
      }
      this.#dropOldest('disk-full');
    }
  }

  /** Begins a new segment when the newest is full (or at once when `force`), and keeps the whole within its size and age. */
  rotate(nextSeq: number, force = false): void {
    const current = this.#segments.at(-1);
    if (!force && (current === undefined || current.bytes < this.#limits.segmentBytes)) return;
    if (!this.#reopen(nextSeq)) return;
    this.#enforceAge();
    let bytes = this.bytes;
    while (bytes > this.#limits.maxBytes && this.#segments.length > 1) {
      bytes -= this.#segments[0]?.bytes ?? 0;
      this.#dropOldest('size-cap');
    }
  }

  /** The control plane has everything up to `seq`: whole segments below it are no longer needed. */
  shippedThrough(seq: number): void {
    this.#shippedSeq = Math.max(this.#shippedSeq, seq);
    while (this.#segments.length > 1 && (this.#segments[1]?.firstSeq ?? Number.POSITIVE_INFINITY) <= seq + 1) {
      const first = this.#segments.shift();
      if (first !== undefined) removeSegment(first);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #append(data: Buffer): boolean {
    const current = this.#segments.at(-1);
    if (current === undefined) return false;
    let written = 0;
    try {
      while (written < data.length) written += writeSync(this.#descriptor, data, written);
      current.bytes += data.length;
      current.modifiedMs = this.#deps.clock.now();
      return true;
    } catch (error) {
      this.#deps.logger.error({ error: String(error) }, 'the event log could not be written');
      if (written > 0) ftruncateSync(this.#descriptor, current.bytes);
      return false;
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
      this.#deps.logger.error({ error: String(error) }, 'no new file for the event log could be made');
      return false;
    }
  }

  #openSegment(firstSeq: number): number {
    const file = segmentPath(this.#folder, firstSeq, this.#lane);
    const descriptor = openSync(file, 'a', 0o600);
    this.#segments.push({ file, firstSeq, bytes: 0, modifiedMs: this.#deps.clock.now() });
    return descriptor;
  }

  #enforceAge(): void {
    const horizon = this.#deps.clock.now() - this.#limits.maxAgeMs;
    while (this.#segments.length > 1 && (this.#segments[0]?.modifiedMs ?? Number.POSITIVE_INFINITY) < horizon) {
      this.#dropOldest('age-cap');
    }
  }

  #dropOldest(reason: GapEvent['reason']): void {
    const oldest = this.#segments.shift();
    const next = this.#segments[0];
    if (oldest === undefined || next === undefined) return;
    removeSegment(oldest);
    const from = Math.max(oldest.firstSeq, this.#shippedSeq + 1);
    if (from < next.firstSeq) this.#deps.onLost(from, next.firstSeq - 1, reason);
  }
}
