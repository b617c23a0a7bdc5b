import type { GatewaySnapshot } from '../../../../contracts/snapshot/gateway-snapshot.ts';
import type { callerFactory } from '../../../caller.ts';
import { claimsNeeded } from '../../../ownership/own-value.ts';
import type { KeySources } from './fetched-keys.ts';
import { fixedKeys } from './key-set.ts';
import { Tokens } from './tokens.ts';

/** Makes ready what judges the tokens of a snapshot. Throws jose's error for written-out keys that are none. */
export function compileTokens(
  snapshot: GatewaySnapshot,
  sources: KeySources,
  makeCaller: ReturnType<typeof callerFactory>,
): Tokens {
  const issuers = snapshot.jwtIssuers.map((config) => ({
    config,
    keys: 'uri' in config.keys ? sources.acquire(config.keys.uri) : fixedKeys(config.keys.set),
  }));
  return new Tokens(issuers, {
    makeCaller,
    consumers: new Set(snapshot.consumers.map(({ name }) => name)),
    claims: claimsNeeded(snapshot.routes),
  });
}

/** The addresses that keys are fetched from. */
export function keyAddresses(snapshot: GatewaySnapshot): Set<string> {
  return new Set(snapshot.jwtIssuers.flatMap(({ keys }) => ('uri' in keys ? [keys.uri] : [])));
}
