import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../platform/logger.ts';
import { createSharedCounters } from '../../storage/counters/shared-counters.ts';
import { GatewayMetrics } from '../admin/metrics.ts';
import type { GatewayReading } from '../admin/reading.ts';
import type { ShippedSpool } from '../spool/spool.ts';
import { LaneView } from './lane-view.ts';
import type { WorkerErrand } from './thread-calls.ts';
import { WorkerThread } from './worker-thread.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
/** A worker that ran this long was in order; its next replacement waits little again. */
const HEALTHY_AFTER_MS = 60_000;
/** So old at most is what is known of a worker that ended. */
const LOOK_EVERY_MS = 1_000;
const READ_WITHIN_MS = 1_000;
const CALL_WITHIN_MS = 10_000;

export type PlaceOptions = {
  errand: WorkerErrand;
  logger: Logger;
  /** Gives a new thread what the others run on, then calls `joined` before anything else changes. Rejects when it cannot take it. */
  bringUp(thread: WorkerThread, joined: () => void): Promise<void>;
};

/** One of the workers: the thread that serves now, and another one whenever that dies. */
export class WorkerPlace {
  readonly number: number;
  readonly #options: PlaceOptions;
  readonly #lane: LaneView;
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  /** What threads that have ended had counted: the sum never runs backwards. */
  readonly #past = new GatewayMetrics();
  #thread: WorkerThread | null = null;
  #last: GatewayReading | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: PlaceOptions) {
    this.#options = options;
    this.number = options.errand.number;
    this.#lane = new LaneView(this.number, (call, seq) => {
      // A thread that ends meanwhile hears it from the one that takes its place.
      this.#thread?.ask(call, seq, CALL_WITHIN_MS).catch(() => {});
    });
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  /** The thread, while it serves. */
  get thread(): WorkerThread | null {
    return this.#thread;
  }

  get spool(): ShippedSpool {
    return this.#lane;
  }

  /** Resolves when the first thread can be asked; rejects when it cannot even begin. */
  async begin(): Promise<void> {
    const thread = await this.#open();
    this.#thread = thread;
    this.#running = this.#keepOne(thread);
  }

  /** With what its threads before have counted; null before it has ever answered. */
  async read(): Promise<GatewayReading | null> {
    await this.#look();
    if (this.#last === null) return null;
    const metrics = new GatewayMetrics();
    metrics.add(this.#past.counts());
    if (this.#thread !== null) metrics.add(this.#last.metrics);
    return { ...this.#last, metrics: metrics.counts() };
  }

  /** Lets the thread end what is under way, then ends it. No other one takes its place. */
  async drain(timeoutMs: number): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#timer);
    const thread = this.#thread;
    try {
      await thread?.ask('drain', timeoutMs, timeoutMs + CALL_WITHIN_MS);
    } catch (error) {
      this.#options.logger.error({ worker: this.number, error: String(error) }, 'a worker did not stop in order');
    }
    await thread?.end();
    await this.#running;
  }

  async #open(): Promise<WorkerThread> {
    const { errand } = this.#options;
    const thread = new WorkerThread(errand, (status) => this.#lane.recorded(status));
    const begun = await thread.begun;
    this.#lane.serve(begun.spool, begun.status);
    return thread;
  }

  async #keepOne(first: WorkerThread): Promise<void> {
    let thread: WorkerThread | null = first;
    let waitMs = FIRST_WAIT_MS;
    while (thread !== null) {
      const since = performance.now();
      const reason = await thread.ended;
      this.#thread = null;
      if (this.#stopping.signal.aborted) return;
      this.#mourn(reason);
      if (performance.now() - since > HEALTHY_AFTER_MS) waitMs = FIRST_WAIT_MS;
      thread = null;
      while (thread === null && !this.#stopping.signal.aborted) {
        await wait(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
        if (!this.#stopping.signal.aborted) thread = await this.#replace();
      }
    }
  }

  /** Null when the new thread could not take over; it has ended then. */
  async #replace(): Promise<WorkerThread | null> {
    const { logger, bringUp } = this.#options;
    let thread: WorkerThread | null = null;
    try {
      thread = await this.#open();
      const next = thread;
      await bringUp(next, () => {
        if (this.#stopping.signal.aborted) throw new Error('the gateway stops');
        this.#thread = next;
        this.#lane.remind();
      });
      logger.info({ worker: this.number }, 'a worker took the place of the one that ended');
      return thread;
    } catch (error) {
      await thread?.end();
      this.#forget();
      if (this.#stopping.signal.aborted) return null;
      logger.error({ worker: this.number, error: String(error) }, 'a worker could not be replaced yet');
      return null;
    }
  }

  #mourn(reason: string): void {
    const last = this.#last;
    if (last !== null) {
      this.#past.add(last.metrics);
      this.#last = {
        ...last,
        metrics: new GatewayMetrics().counts(),
        openConnections: 0,
        activeRequests: 0,
      };
    }
    this.#forget();
    this.#options.logger.error(
      { worker: this.number, reason, requestsLost: last?.activeRequests ?? 0 },
      'a worker ended unexpectedly; requests under way in it are lost, another one takes its place',
    );
  }

  /** What it held, others may have: places under concurrency caps, deliveries on their way, connections. */
  #forget(): void {
    for (const memory of Object.values(this.#options.errand.memory)) {
      createSharedCounters(memory).forgetWorker(this.number);
    }
  }

  async #look(): Promise<void> {
    const thread = this.#thread;
    if (thread === null) return;
    try {
      const reading = await thread.ask('read', null, READ_WITHIN_MS);
      if (this.#thread === thread) this.#last = reading;
    } catch {
      // It is busy or ends just now: what was known before stands.
    }
  }
}
