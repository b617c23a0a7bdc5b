import { GATEWAY_PROTOCOL } from '../../contracts/protocol/gateway-protocol.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ServedGateway } from '../served-gateway.ts';
import { createCaller } from './caller.ts';
import { followSnapshot } from './follow-snapshot.ts';
import { reportStatus } from './report-status.ts';
import { shipDrafts } from './ship-drafts.ts';
import { shipEvents } from './ship-events.ts';

export type ControlPlaneLink = { close(): Promise<void> };

export type LinkOptions = { url: string; token: string; logger: Logger };

/**
 * Joins a gateway to its control plane (contracts/protocol/gateway-protocol.ts): follows the snapshot, ships the events
 * and what is learnt, reports its state. When the control plane is away, all go on trying and the gateway goes on serving.
 */
export function connectToControlPlane(gateway: ServedGateway, options: LinkOptions): ControlPlaneLink {
  const stop = new AbortController();
  const call = createCaller(options.url, options.token, stop.signal);
  const status = reportStatus(gateway, call, { logger: options.logger, signal: stop.signal });
  const loops = [
    status.done,
    followSnapshot(gateway, call, { logger: options.logger, signal: stop.signal, onChange: status.update }),
    ...gateway.spools().map((spool) =>
      shipEvents(spool, call, {
        dataDir: gateway.dataDir,
        logger: options.logger,
        signal: stop.signal,
        maxBatchBytes: GATEWAY_PROTOCOL.maxBatchBytes / 4,
      }),
    ),
    shipDrafts(gateway, call, { logger: options.logger, signal: stop.signal }),
  ];
  return {
    async close() {
      stop.abort();
      await Promise.all(loops);
    },
  };
}
