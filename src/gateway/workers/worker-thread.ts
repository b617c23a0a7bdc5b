import type { Worker } from 'node:worker_threads';
import { AppError } from '../../platform/app-error.ts';
import type { SpoolStatus } from '../spool/spool.ts';
import { type Calls, errorOf, type FromWorker, type ToWorker, type WorkerErrand } from './thread-calls.ts';
import { beginWorker } from './worker.ts';

type Begun = Extract<FromWorker, { type: 'begun' }>;

/** What a call to a thread that has ended fails with. */
export class WorkerGone extends Error {}

/** A thread that serves, as the main thread sees it. */
export class WorkerThread {
  /** Resolves when it can be asked; rejects when it ends before. */
  readonly begun: Promise<Begun>;
  /** Resolves with the reason when it has ended, whyever. */
  readonly ended: Promise<string>;
  readonly #worker: Worker;
  readonly #open = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>();
  #nextId = 0;
  #goneBecause: string | null = null;

  constructor(errand: WorkerErrand, recorded: (status: SpoolStatus) => void) {
    this.#worker = beginWorker(errand);
    const begun = Promise.withResolvers<Begun>();
    const ended = Promise.withResolvers<string>();
    this.begun = begun.promise;
    this.ended = ended.promise;
    // Whoever awaits it hears of it; a thread that is ended at its start has nobody who does.
    begun.promise.catch(() => {});
    let reason = 'it was ended';
    let failure: Error | null = null;
    this.#worker.on('message', (message: FromWorker) => {
      if (message.type === 'begun') begun.resolve(message);
      else if (message.type === 'recorded') recorded(message.status);
      else this.#settle(message);
    });
    this.#worker.on('error', (error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
      reason = String(failure.stack ?? failure);
    });
    this.#worker.on('exit', () => {
      this.#goneBecause = reason;
      begun.reject(failure ?? new WorkerGone(reason));
      for (const { reject } of this.#open.values()) reject(new WorkerGone(reason));
      this.#open.clear();
      ended.resolve(reason);
    });
  }

  /** Rejects with what the worker refused it with, with `WorkerGone`, or with `AppError('worker-silent')`. */
  ask<K extends keyof Calls>(call: K, given: Calls[K]['given'], withinMs: number): Promise<Calls[K]['answer']> {
    if (this.#goneBecause !== null) return Promise.reject(new WorkerGone(this.#goneBecause));
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<Calls[K]['answer']>();
    const timer = setTimeout(() => {
      this.#open.delete(id);
      reject(
        new AppError('worker-silent', `A worker of the gateway did not answer within ${withinMs / 1000} s.`, {
          next: 'Look at the log of the gateway; if it happens again, tell us what the configuration holds.',
        }),
      );
    }, withinMs);
    this.#open.set(id, { resolve, reject });
    this.#worker.postMessage({ call, given, id } as ToWorker);
    return promise.finally(() => clearTimeout(timer));
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(message: Extract<FromWorker, { id: number }>): void {
    const waiting = this.#open.get(message.id);
    this.#open.delete(message.id);
    if (message.type === 'fault') waiting?.reject(errorOf(message.fault));
    else waiting?.resolve(message.answer as never);
  }
}
