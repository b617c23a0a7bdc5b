import type { GatewaySnapshot } from '../../../../contracts/snapshot/gateway-snapshot.ts';
import type { callerFactory } from '../../../caller.ts';
import type { SecretGaps } from '../../../known-secrets.ts';
import { claimsNeeded } from '../../../ownership/own-value.ts';
import type { CredentialSources } from '../credential-sources.ts';
import { Introspection } from './introspection.ts';
import { IntrospectionClient } from './introspection-client.ts';

/** Makes ready what asks about the opaque tokens of a snapshot. Throws `AppError('secret-missing')` unless its absence is one of `gaps`. */
export function compileIntrospection(
  snapshot: GatewaySnapshot,
  { logger, readSecret }: CredentialSources,
  gaps: SecretGaps,
  makeCaller: ReturnType<typeof callerFactory>,
): Introspection {
  const servers = snapshot.introspection.map((config) => {
    const what = `the secret of the client "${config.clientId}" at ${config.url}`;
    const secret = gaps.orGone(`client ${config.url}`, config.clientSecret, () =>
      readSecret(config.clientSecret, what),
    );
    if (secret === null) return { config, client: NOT_TO_BE_ASKED };
    return { config, client: new IntrospectionClient(config.url, config.clientId, secret, logger) };
  });
  const consumers = new Set(snapshot.consumers.map(({ name }) => name));
  return new Introspection(servers, { makeCaller, consumers, claims: claimsNeeded(snapshot.routes) });
}

/** A server whose secret is gone counts as one that does not answer. */
const NOT_TO_BE_ASKED: Pick<IntrospectionClient, 'ask'> = { ask: () => Promise.resolve(null) };
