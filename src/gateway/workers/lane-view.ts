import type { ShippedSpool, SpoolStatus } from '../spool/spool.ts';

/** The event log of a worker, as the main thread ships it: it reads the files and hears how far they go. */
export class LaneView implements ShippedSpool {
  readonly lane: number;
  id = '';
  folder = '';
  isNew = false;
  readonly #tell: (call: 'shippedThrough' | 'skipTo', seq: number) => void;
  readonly #listeners = new Set<() => void>();
  #status: SpoolStatus = { lastSeq: 0, shippedSeq: 0, bytes: 0, droppedEvents: 0 };
  #shippedSeq = 0;
  /** Dropped by threads that have ended. */
  #droppedBefore = 0;

  constructor(lane: number, tell: (call: 'shippedThrough' | 'skipTo', seq: number) => void) {
    this.lane = lane;
    this.#tell = tell;
  }

  /** A thread has taken the lane over. */
  serve(spool: { id: string; folder: string; isNew: boolean }, status: SpoolStatus): void {
    this.#droppedBefore += this.#status.droppedEvents;
    Object.assign(this, spool);
    this.recorded(status);
  }

  /** Tells a thread that is new what the control plane has. */
  remind(): void {
    if (this.#shippedSeq > 0) this.#tell('shippedThrough', this.#shippedSeq);
  }

  recorded(status: SpoolStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }

  onWritten(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  shippedThrough(seq: number): void {
    this.#shippedSeq = Math.max(this.#shippedSeq, seq);
    this.#tell('shippedThrough', seq);
  }

  skipTo(seq: number): void {
    this.#tell('skipTo', seq);
  }

  status(): SpoolStatus {
    const { droppedEvents, shippedSeq } = this.#status;
    return {
      ...this.#status,
      droppedEvents: droppedEvents + this.#droppedBefore,
      shippedSeq: Math.max(shippedSeq, this.#shippedSeq),
    };
  }
}
