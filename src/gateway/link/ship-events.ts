import { EventsReceipt, GATEWAY_PROTOCOL } from '../../contracts/protocol/gateway-protocol.ts';
import type { Logger } from '../../platform/logger.ts';
import { ShippingCursor } from '../spool/cursor.ts';
import { SpoolReader } from '../spool/reader.ts';
import type { ShippedSpool } from '../spool/spool.ts';
import { Backoff, pauseFor } from './backoff.ts';
import type { Caller } from './caller.ts';

/** Short enough for a live picture, long enough to ship many events in one batch. */
const GATHER_MS = 150;
const IDLE_MS = 2_000;

type Options = { dataDir: string; logger: Logger; signal: AbortSignal; maxBatchBytes: number };

/**
 * Ships the spool to the control plane in batches of whole lines, in order. A batch counts as shipped only when its receipt
 * says that it is stored; until then it is offered again, and the control plane skips what it has.
 */
export async function shipEvents(spool: ShippedSpool, call: Caller, options: Options): Promise<void> {
  const { signal, logger } = options;
  const cursor = new ShippingCursor(options.dataDir, spool.isNew, spool.lane);
  const reader = new SpoolReader(spool.folder, options.maxBatchBytes, spool.lane);
  const backoff = new Backoff(signal);
  let wake = new AbortController();
  const unsubscribe = spool.onWritten(() => wake.abort());
  spool.shippedThrough(cursor.seq);
  try {
    while (!signal.aborted) {
      wake = new AbortController();
      try {
        const batch = await reader.read(cursor.seq);
        if (batch === null) {
          await pauseFor(IDLE_MS, AbortSignal.any([signal, wake.signal]));
          await pauseFor(GATHER_MS, signal);
          continue;
        }
        const answer = await call('POST', `${GATEWAY_PROTOCOL.events}?gateway=${spool.id}`, {
          headers: { 'content-type': 'application/x-ndjson' },
          body: batch.data,
          timeoutMs: 30_000,
        });
        if (answer.status !== 200) throw new Error(`the control plane answered ${answer.status}`);
        const { storedThrough } = EventsReceipt.parse(answer.body);
        if (storedThrough < batch.lastSeq)
          throw new Error(`stored through ${storedThrough} instead of ${batch.lastSeq}`);
        const known = Math.max(spool.status().lastSeq, batch.lastSeq);
        if (storedThrough > known) {
          logger.error(
            { storedThrough, known },
            'the event log was put back to an earlier state; numbering goes on after it',
          );
          spool.skipTo(storedThrough);
        }
        const through = storedThrough > known ? storedThrough : batch.lastSeq;
        reader.advance(batch);
        cursor.moveTo(through);
        spool.shippedThrough(through);
        backoff.reset();
      } catch (error) {
        if (signal.aborted) return;
        logger.debug({ error: String(error) }, 'events not shipped yet');
        await backoff.pause();
      }
    }
  } finally {
    unsubscribe();
  }
}
