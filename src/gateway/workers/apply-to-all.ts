import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Ban } from '../bans/ban-table.ts';
import type { WorkerPlace } from './worker-place.ts';
import { WorkerGone, type WorkerThread } from './worker-thread.ts';

/** Compiling a large configuration takes seconds on a small machine. */
const PREPARE_MS = 60_000;
const COMMIT_MS = 10_000;

/**
 * Puts a snapshot into service in all workers, or in none: each gets ready for it, and only when all are does any of them serve by
 * it. A worker that dies meanwhile counts neither way, as its replacement is given what the others have. Resolves with the
 * addresses.
 */
export async function applyToAll(
  places: readonly WorkerPlace[],
  snapshot: GatewaySnapshot,
  logger: Logger,
): Promise<string[]> {
  const threads = places.map(({ thread }) => thread).filter((thread) => thread !== null);
  const outcomes = await Promise.allSettled(threads.map((thread) => thread.ask('prepare', snapshot, PREPARE_MS)));
  const prepared = threads.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  const refusals = outcomes.flatMap((outcome, index) => {
    if (outcome.status === 'fulfilled' || outcome.reason instanceof WorkerGone) return [];
    return [{ thread: threads[index], error: outcome.reason as Error }];
  });
  const [refusal] = refusals;
  if (refusal !== undefined || prepared.length === 0) {
    for (const { thread, error } of refusals) if (isSilent(error)) void thread?.end();
    await Promise.all(prepared.map((thread) => endIfItFails(thread, logger, thread.ask('abort', null, COMMIT_MS))));
    throw refusal?.error ?? noWorker();
  }
  const committed = await Promise.all(
    prepared.map((thread) => endIfItFails(thread, logger, thread.ask('commit', null, COMMIT_MS))),
  );
  const addresses = committed.find((answer) => answer !== null);
  if (addresses === undefined) throw noWorker();
  return addresses;
}

/** Gives a new thread what the others run on. */
export async function bringUp(
  thread: WorkerThread,
  snapshot: GatewaySnapshot | null,
  bans: readonly Ban[],
): Promise<void> {
  if (snapshot === null) return;
  await thread.ask('prepare', snapshot, PREPARE_MS);
  await thread.ask('learnBans', bans, COMMIT_MS);
  await thread.ask('commit', null, COMMIT_MS);
}

const isSilent = (error: Error): boolean => error instanceof AppError && error.code === 'worker-silent';

/** A worker that is not where the others are must not go on: another one takes its place. */
async function endIfItFails<T>(thread: WorkerThread, logger: Logger, step: Promise<T>): Promise<T | null> {
  try {
    return await step;
  } catch (error) {
    logger.error({ error: String(error) }, 'a worker could not follow the others and is replaced');
    await thread.end();
    return null;
  }
}

function noWorker(): AppError {
  return new AppError('no-worker', 'No worker of the gateway could take the configuration over.', {
    next: 'The reason is in the log of the gateway. Apply it again when the workers are back.',
  });
}
