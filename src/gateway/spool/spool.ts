import { join } from 'node:path';
import type { GapEvent } from '../../contracts/events/gateway-event.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { readGatewayId } from './gateway-id.ts';
import { type SegmentLimits, SegmentStore } from './segment-store.ts';

/** Told when its event is in the operating system's hands: only then may the answer's last byte leave. */
export type Waiter = { recorded(): void };

/** `lane`: which of several spools of the folder this is, one for each worker; left out: 0. */
export type SpoolOptions = Partial<SegmentLimits> & { lane?: number };

/** What it takes to hand a spool's events on, in whichever thread they are written. */
export type ShippedSpool = Pick<
  Spool,
  'id' | 'lane' | 'folder' | 'isNew' | 'status' | 'onWritten' | 'shippedThrough' | 'skipTo'
>;

export type SpoolStatus = { lastSeq: number; shippedSeq: number; bytes: number; droppedEvents: number };

type Gap = { from: number; to: number; reason: GapEvent['reason'] };

export const SPOOL_LIMITS: SegmentLimits = {
  maxBytes: 512 * 1024 ** 2,
  maxAgeMs: 30 * 86_400_000,
  segmentBytes: 8 * 1024 ** 2,
};
const SCRATCH_BYTES = 256 * 1024;

/**
 * The durable event log of a gateway. Events of one event-loop turn are written with one `write(2)`; a crash of the process
 * loses none of them, as they are in the kernel's cache. Size and age are capped: the oldest segments go first, and what goes
 * before the control plane has it is recorded as a gap. A full disk never stops traffic and never goes unrecorded.
 */
export class Spool {
  readonly folder: string;
  readonly lane: number;
  /** Under which the events are numbered. */
  readonly id: string;
  /** True when no segment was there: seqs begin anew, so the gateway needs a new id. */
  readonly isNew: boolean;
  readonly #segments: SegmentStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners = new Set<() => void>();
  readonly #scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  #lastSeq: number;
  #lines: string[] = [];
  #waiters: Waiter[] = [];
  #scheduled = false;
  /** Losses not yet written down. */
  #gaps: Gap[] = [];
  #dropped = 0;
  #closed = false;

  constructor(dataDir: string, options: SpoolOptions, deps: { clock: Clock; logger: Logger }) {
    const { lane = 0, ...limits } = options;
    this.folder = join(dataDir, 'spool');
    this.lane = lane;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    const onLost = (from: number, to: number, reason: GapEvent['reason']) => this.#lose(from, to, reason);
    this.#segments = new SegmentStore(this.folder, lane, { ...SPOOL_LIMITS, ...limits }, { ...deps, onLost });
    this.isNew = this.#segments.isNew;
    this.id = readGatewayId(dataDir, this.isNew, lane);
    this.#lastSeq = this.#segments.recoveredSeq;
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

  /** The control plane has everything up to `seq`. */
  shippedThrough(seq: number): void {
    this.#segments.shippedThrough(seq);
  }

  /**
   * The control plane has events up to `seq` that are not in this spool: the folder was put back to an earlier state, and what
   * was numbered since was taken for known. Goes on after `seq` and records the loss.
   */
  skipTo(seq: number): void {
    this.#flush();
    if (seq <= this.#lastSeq) return;
    const from = this.#segments.shippedSeq + 1;
    const to = this.#lastSeq;
    this.#lastSeq = seq;
    if (from <= to) this.#lose(from, to, 'damaged');
    this.#segments.rotate(seq + 1, true);
    this.#segments.shippedThrough(seq);
  }

  /** Nobody writes it any more: what is in it goes when it is shipped or too old. */
  retire(): void {
    this.#segments.rotate(this.#lastSeq + 1, true);
  }

  status(): SpoolStatus {
    const { bytes, shippedSeq } = this.#segments;
    return { lastSeq: this.#lastSeq, shippedSeq, bytes, droppedEvents: this.#dropped };
  }

  /** Writes what is queued now instead of at the end of the event loop's turn. */
  flush(): void {
    this.#flush();
  }

  /** Writes what is queued and closes the file. Further appends are a programming error. */
  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#segments.close();
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    if (this.#lines.length === 0) return;
    const count = this.#lines.length;
    const text = count === 1 ? (this.#lines[0] ?? '') : this.#lines.join('');
    const waiters = this.#waiters;
    this.#lines = [];
    this.#waiters = [];
    const firstSeq = this.#lastSeq - count + 1;
    const gaps = this.#gaps;
    this.#gaps = [];
    const data = this.#encode(gaps.length === 0 ? text : text + gaps.map((gap) => this.#gapLine(gap)).join(''));
    if (!this.#segments.write(data, firstSeq)) {
      this.#gaps.unshift(...gaps);
      this.#lose(firstSeq, this.#lastSeq, 'disk-full');
    }
    for (const waiter of waiters) waiter.recorded();
    this.#segments.rotate(this.#lastSeq + 1);
    for (const listener of this.#listeners) listener();
  };

  /** The text's bytes, in a buffer that is used again for the next turn: one per turn would keep the collector busy. */
  #encode(text: string): Buffer {
    if (text.length * 3 > this.#scratch.length) return Buffer.from(text);
    return this.#scratch.subarray(0, this.#scratch.write(text));
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
