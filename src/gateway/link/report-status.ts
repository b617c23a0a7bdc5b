import {
  GATEWAY_PROTOCOL,
  GatewayStatusReceipt,
  type GatewayStatusReport,
} from '../../contracts/protocol/gateway-protocol.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ServedGateway } from '../served-gateway.ts';
import { sumSpools } from '../spool/sum-spools.ts';
import { pauseFor } from './backoff.ts';
import type { Caller } from './caller.ts';
import type { Refused } from './follow-snapshot.ts';

const INTERVAL_MS = 5_000;

export type StatusReporter = {
  /** A snapshot was taken or refused: say so at once. */
  update(refused: Refused | null): void;
  done: Promise<void>;
};

/** Tells the control plane what this gateway runs, after every change and every few seconds. */
export function reportStatus(
  gateway: ServedGateway,
  call: Caller,
  options: { logger: Logger; signal: AbortSignal },
): StatusReporter {
  let refused: Refused | null = null;
  let wake = new AbortController();
  const loop = async () => {
    const { signal } = options;
    while (!signal.aborted) {
      wake = new AbortController();
      try {
        const answer = await call('POST', GATEWAY_PROTOCOL.status, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(await report(gateway, refused)),
        });
        const receipt = GatewayStatusReceipt.safeParse(answer.body);
        if (answer.status === 200 && receipt.success) gateway.spare(receipt.data.spared);
      } catch (error) {
        options.logger.debug({ error: String(error) }, 'status not reported');
      }
      await pauseFor(INTERVAL_MS, AbortSignal.any([signal, wake.signal]));
    }
  };
  return {
    update(next) {
      refused = next;
      wake.abort();
    },
    done: loop(),
  };
}

async function report(gateway: ServedGateway, refused: Refused | null): Promise<GatewayStatusReport> {
  const { certificateSecondsLeft, closed } = await gateway.read();
  const spool = sumSpools(gateway.spools().map((one) => one.status()));
  return {
    gateway: gateway.id,
    startedAt: gateway.startedAt,
    version: gateway.version,
    addresses: gateway.addresses(),
    appliedRevision: gateway.snapshot()?.revision ?? null,
    refused,
    closed: [...closed],
    certificateExpiresAt: certificateSecondsLeft === null ? null : endOf(certificateSecondsLeft),
    spool: {
      pendingEvents: Math.max(0, spool.lastSeq - spool.shippedSeq),
      bytes: spool.bytes,
      droppedEvents: spool.droppedEvents,
    },
  };
}

/** To the minute, so that it stays the same from report to report. */
function endOf(secondsLeft: number): number {
  return Math.round((systemClock.now() + secondsLeft * 1000) / MINUTE_MS) * MINUTE_MS;
}

const MINUTE_MS = 60_000;
