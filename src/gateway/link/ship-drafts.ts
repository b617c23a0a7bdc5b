import type { OperationShape } from '../../contracts/drafts/shape.ts';
import { type DraftsReport, GATEWAY_PROTOCOL } from '../../contracts/protocol/gateway-protocol.ts';
import type { Logger } from '../../platform/logger.ts';
import { operationKey } from '../../shapes/operation.ts';
import type { ServedGateway } from '../served-gateway.ts';
import { pauseFor } from './backoff.ts';
import type { Caller } from './caller.ts';

/** Soon enough for an owner who looks on, seldom enough to weigh nothing. */
const INTERVAL_MS = 5_000;
const MOST_REPORT_BYTES = GATEWAY_PROTOCOL.maxBatchBytes / 4;

/**
 * Tells the control plane what was learnt since the last time: whole operations, which take the place of what was told before.
 * What was not taken is told again.
 */
export async function shipDrafts(
  gateway: ServedGateway,
  call: Caller,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  const told = new Map<string, number>();
  while (!signal.aborted) {
    try {
      const news = gateway.drafts().filter((one) => told.get(operationKey(one)) !== one.seen);
      for (const operations of inReports(news)) {
        const report: DraftsReport = { gateway: gateway.id, operations };
        const headers = { 'content-type': 'application/json' };
        const answer = await call('POST', GATEWAY_PROTOCOL.drafts, { headers, body: JSON.stringify(report) });
        if (answer.status !== 200) throw new Error(`the control plane answered ${answer.status}`);
        for (const one of operations) told.set(operationKey(one), one.seen);
      }
    } catch (error) {
      logger.debug({ error: String(error) }, 'what was learnt is not told yet');
    }
    await pauseFor(INTERVAL_MS, signal);
  }
}

function inReports(operations: readonly OperationShape[]): OperationShape[][] {
  const reports: OperationShape[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const one of operations) {
    const size = JSON.stringify(one).length;
    if (bytes + size > MOST_REPORT_BYTES) {
      reports.push([]);
      bytes = 0;
    }
    reports.at(-1)?.push(one);
    bytes += size;
  }
  return reports;
}
