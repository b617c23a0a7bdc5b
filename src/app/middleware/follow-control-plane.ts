import { setTimeout as wait } from 'node:timers/promises';
import { connectToControlPlane, type Gateway } from '../../gateway/index.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Source } from './follow-config.ts';

const FIRST_CONFIG_MS = 30_000;
const LOOK_EVERY_MS = 25;

/** Runs on what a control plane says; on the configuration of the last run until it has answered. */
export async function followControlPlane(
  gateway: Gateway,
  { url, token }: { url: string; token: string },
  logger: Logger,
): Promise<Source> {
  const last = gateway.lastStoredSnapshot();
  if (last !== null) await gateway.apply(last);
  const link = connectToControlPlane(gateway, { url, token, logger });
  const until = performance.now() + FIRST_CONFIG_MS;
  while (gateway.snapshot() === null) {
    if (performance.now() > until) {
      await link.close();
      throw new AppError('config-missing', `The control plane at ${url} gave no configuration.`, {
        next: 'Check the address and the token, and that the control plane runs.',
      });
    }
    await wait(LOOK_EVERY_MS);
  }
  // The last events are shipped when the record is closed.
  return { close: async () => {}, closeLast: () => link.close() };
}
