import { GATEWAY_PROTOCOL } from '../../contracts/protocol/gateway-protocol.ts';
import { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ServedGateway } from '../served-gateway.ts';
import { Backoff } from './backoff.ts';
import type { Caller } from './caller.ts';

export type Refused = { revision: number; message: string };

type Options = { logger: Logger; signal: AbortSignal; onChange: (refused: Refused | null) => void };

/** Keeps asking for the next snapshot and puts it into service. Ends when the signal says so; never throws. */
export async function followSnapshot(gateway: ServedGateway, call: Caller, options: Options): Promise<void> {
  const { logger, signal, onChange } = options;
  const backoff = new Backoff(signal);
  const wait = GATEWAY_PROTOCOL.maxWaitSeconds;
  // A stored snapshot of an earlier run may bear the number of a different one now: the first answer is always taken.
  let etag: string | null = null;
  let away = false;
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { prefer: `wait=${wait}` };
      if (etag !== null) headers['if-none-match'] = etag;
      const answer = await call('GET', GATEWAY_PROTOCOL.snapshot, { headers, timeoutMs: (wait + 10) * 1000 });
      if (answer.status === 200) {
        onChange(await take(gateway, answer.body, logger));
        etag = answer.etag;
      } else if (answer.status !== 304) {
        throw new Error(`the control plane answered ${answer.status}`);
      }
      backoff.reset();
      if (away) logger.info('the control plane is back');
      away = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!away)
        logger.warn(
          { error: String(error) },
          'the control plane cannot be reached; the gateway goes on with what it has',
        );
      away = true;
      await backoff.pause();
    }
  }
}

/** Null when the snapshot is in service; otherwise why not. */
async function take(gateway: ServedGateway, body: unknown, logger: Logger): Promise<Refused | null> {
  const parsed = GatewaySnapshot.safeParse(body);
  if (!parsed.success) {
    const revision = typeof body === 'object' && body !== null && 'revision' in body ? Number(body.revision) : 0;
    logger.error({ revision }, 'the control plane sent a configuration of another version');
    return { revision, message: 'The configuration was made by another version of Nightlatch than the gateway runs.' };
  }
  try {
    await gateway.apply(parsed.data);
    logger.info({ revision: parsed.data.revision }, 'configuration in service');
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logger.error(
      { revision: parsed.data.revision, error: message },
      'configuration refused; the one before stays in service',
    );
    return { revision: parsed.data.revision, message };
  }
}
