import type { GatewaySnapshot } from '../../../../contracts/snapshot/gateway-snapshot.ts';
import type { callerFactory } from '../../../caller.ts';
import { claimsNeeded } from '../../../ownership/own-value.ts';
import type { CredentialSources } from '../credential-sources.ts';
import { Introspection } from './introspection.ts';
import { IntrospectionClient } from './introspection-client.ts';

/** Makes ready what asks about the opaque tokens of a snapshot. Throws `AppError('secret-missing')`. */
export function compileIntrospection(
  snapshot: GatewaySnapshot,
  { logger, readSecret }: CredentialSources,
  makeCaller: ReturnType<typeof callerFactory>,
): Introspection {
  const servers = snapshot.introspection.map((config) => {
    const secret = readSecret(config.clientSecret, `the secret of the client "${config.clientId}" at ${config.url}`);
    return { config, client: new IntrospectionClient(config.url, config.clientId, secret, logger) };
  });
  const consumers = new Set(snapshot.consumers.map(({ name }) => name));
  return new Introspection(servers, { makeCaller, consumers, claims: claimsNeeded(snapshot.routes) });
}
