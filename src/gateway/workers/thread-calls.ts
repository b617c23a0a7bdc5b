import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { AppError } from '../../platform/app-error.ts';
import type { GatewayReading } from '../admin/reading.ts';
import type { Ban } from '../bans/ban-table.ts';
import type { GatewayMemory } from '../gateway-memory.ts';
import type { SpoolOptions, SpoolStatus } from '../spool/spool.ts';

/** What a worker is begun with. */
export type WorkerErrand = {
  number: number;
  dataDir: string;
  version: string;
  memory: GatewayMemory;
  spool: SpoolOptions;
};

/** What the main thread asks of a worker, and what comes back. A `prepare` is followed by `commit` or `abort`. */
export type Calls = {
  prepare: { given: GatewaySnapshot; answer: null };
  commit: { given: null; answer: string[] };
  abort: { given: null; answer: null };
  read: { given: null; answer: GatewayReading };
  /** Milliseconds for what is under way. */
  drain: { given: number; answer: null };
  /** The bans that there are already. */
  learnBans: { given: readonly Ban[]; answer: null };
  shippedThrough: { given: number; answer: null };
  skipTo: { given: number; answer: null };
};

export type ToWorker = { [K in keyof Calls]: { call: K; given: Calls[K]['given']; id: number } }[keyof Calls];

export type FromWorker =
  | { type: 'begun'; spool: { id: string; folder: string; isNew: boolean }; status: SpoolStatus }
  | { type: 'recorded'; status: SpoolStatus }
  | { type: 'answer'; id: number; answer: Calls[keyof Calls]['answer'] }
  | { type: 'fault'; id: number; fault: ThreadFault };

/** An error between threads, where classes are lost. */
export type ThreadFault = { code: string | null; message: string; status: number; next: string | null };

export function faultOf(error: unknown): ThreadFault {
  if (!(error instanceof AppError)) return { code: null, message: String(error), status: 500, next: null };
  const { code, message, status, next } = error;
  return { code, message, status, next: next ?? null };
}

export function errorOf({ code, message, status, next }: ThreadFault): Error {
  if (code === null) return new Error(message);
  return new AppError(code, message, { status, ...(next === null ? {} : { next }) });
}
