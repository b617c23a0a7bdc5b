import { parentPort, Worker, workerData } from 'node:worker_threads';
import { createLogger } from '../../platform/logger.ts';
import { createGateway } from '../gateway.ts';
import type { Gateway, PreparedChange } from '../gateway-options.ts';
import { type Calls, type FromWorker, faultOf, type ToWorker, type WorkerErrand } from './thread-calls.ts';

type Errand = { gatewayWorker: WorkerErrand };

/** Begins a worker: this same file in a thread of its own. */
export function beginWorker(gatewayWorker: WorkerErrand): Worker {
  const errand: Errand = { gatewayWorker };
  return new Worker(new URL(import.meta.url), { workerData: errand, name: `gateway ${gatewayWorker.number}` });
}

/** How often at most the main thread hears that there is something to ship. */
const TELL_EVERY_MS = 50;

async function serve({ number, dataDir, version, memory, spool }: WorkerErrand): Promise<void> {
  const logger = createLogger('gateway').child({ worker: number });
  const gateway = await createGateway({ dataDir, version, logger, spool, worker: { number, memory } });
  const answers = createAnswers(gateway);
  parentPort?.on('message', async (message: ToWorker) => {
    const { id } = message;
    try {
      tell({ type: 'answer', id, answer: await answer(answers, message) });
    } catch (error) {
      tell({ type: 'fault', id, fault: faultOf(error) });
    }
  });
  tellWhatIsRecorded(gateway);
  const [own] = gateway.spools();
  if (own === undefined) throw new Error('a worker has a spool');
  const { folder, isNew } = own;
  tell({ type: 'begun', spool: { id: own.id, folder, isNew }, status: own.status() });
}

type Answers = { [K in keyof Calls]: (given: Calls[K]['given']) => Promise<Calls[K]['answer']> | Calls[K]['answer'] };

function createAnswers(gateway: Gateway): Answers {
  let prepared: PreparedChange | null = null;
  const taken = (): PreparedChange => {
    if (prepared === null) throw new Error('nothing was prepared');
    const change = prepared;
    prepared = null;
    return change;
  };
  const done = null;
  return {
    async prepare(snapshot) {
      prepared = await gateway.prepare(snapshot);
      return done;
    },
    commit() {
      taken().commit();
      return gateway.addresses();
    },
    async abort() {
      await taken().abort();
      return done;
    },
    read: () => gateway.reading(),
    async drain(timeoutMs) {
      await gateway.drain(timeoutMs);
      return done;
    },
    learnBans(bans) {
      gateway.learnBans(bans);
      return done;
    },
    shippedThrough(seq) {
      for (const spool of gateway.spools()) spool.shippedThrough(seq);
      return done;
    },
    skipTo(seq) {
      for (const spool of gateway.spools()) spool.skipTo(seq);
      return done;
    },
  };
}

function answer<K extends keyof Calls>(
  answers: Answers,
  message: { call: K; given: Calls[K]['given'] },
): Promise<Calls[K]['answer']> | Calls[K]['answer'] {
  return answers[message.call](message.given);
}

function tellWhatIsRecorded(gateway: Gateway): void {
  const [spool] = gateway.spools();
  let waiting = false;
  gateway.onRecorded(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (spool !== undefined) tell({ type: 'recorded', status: spool.status() });
    }, TELL_EVERY_MS).unref();
  });
}

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

// The thread runs this same file; its errand tells it from any other thread that imports it.
const errand = workerData as Partial<Errand> | null;
if (errand?.gatewayWorker !== undefined) {
  // Not awaited here: what waits at its top cannot be loaded by require. A failure ends the thread, which is noticed.
  void serve(errand.gatewayWorker);
}
