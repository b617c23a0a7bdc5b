import type { SecretSource } from '../../../../contracts/config/secret-source.ts';
import type { SnapshotWebhook } from '../../../../contracts/snapshot/snapshot-webhook.ts';
import { AppError } from '../../../../platform/app-error.ts';
import type { Caller, callerFactory } from '../../../caller.ts';
import type { SecretGaps } from '../../../known-secrets.ts';
import type { SeenDeliveries } from './seen-deliveries.ts';
import type { Endpoint, Vendor } from './vendor.ts';
import { VENDORS } from './vendors.ts';

/** An entry of `webhooks` with its secrets read: what a request with its signature is judged by. */
export type Webhook = Endpoint & {
  readonly name: string;
  readonly vendor: Vendor;
  readonly caller: Caller;
  /** For how long a delivery is remembered. */
  readonly keepMs: number;
  readonly seen: SeenDeliveries;
};

/** Callers that are webhooks are called so: no consumer has a name with a colon, and no token may speak for one. */
export const WEBHOOK_CALLER = 'webhook:';

type ReadSecret = (source: SecretSource, what: string) => string;

/** Makes ready what judges the vendors' signed calls. Throws `AppError('secret-missing')` where a secret cannot be had, unless its absence is one of `gaps`: an entry without any key takes nothing. */
export function compileWebhooks(
  webhooks: readonly SnapshotWebhook[],
  seen: SeenDeliveries,
  readSecret: ReadSecret,
  gaps: SecretGaps,
  makeCaller: ReturnType<typeof callerFactory>,
): ReadonlyMap<string, Webhook> {
  return new Map(
    webhooks.map((webhook) => {
      const vendor = VENDORS[webhook.vendor];
      const consumer = `${WEBHOOK_CALLER}${webhook.name}`;
      const caller = makeCaller({
        ...{ consumer, keyId: null, issuer: null, via: 'webhook' as const, credential: webhook.name, parts: null },
        ...{ scopes: webhook.scopes, attributes: {} },
        ...{ limitKey: consumer, expiresAt: null, recordedAs: consumer },
      });
      const { name, toleranceMs, url } = webhook;
      // A signed time may lie ahead by the tolerance, and then holds for it a second time.
      const keepMs = vendor.signsTime ? 2 * toleranceMs : toleranceMs;
      const keys = webhook.secrets.flatMap(
        (source) => gaps.orGone(`webhook ${name}`, source, () => keyOf(name, vendor, source, readSecret)) ?? [],
      );
      return [name, { name, vendor, caller, keys, toleranceMs, url: url ?? '', keepMs, seen }];
    }),
  );
}

function keyOf(name: string, vendor: Vendor, source: SecretSource, readSecret: ReadSecret): Buffer {
  const key = vendor.keyOf(readSecret(source, `the secret of the webhook "${name}"`));
  if (key !== null) return key;
  const place = 'env' in source ? `the environment variable ${source.env}` : `the file ${source.file}`;
  throw new AppError('secret-missing', `What ${place} holds is no secret for the webhook "${name}".`, {
    status: 422,
    next: 'Copy it again as the vendor shows it; the configuration in service was not changed.',
  });
}
