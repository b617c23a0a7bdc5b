import type { GatewaySnapshot } from '../../../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotJwtIssuer } from '../../../../contracts/snapshot/jwt-issuer.ts';
import type { callerFactory } from '../../../caller.ts';
import { claimsNeeded } from '../../../ownership/own-value.ts';
import type { KeyPlace, KeySources } from './fetched-keys.ts';
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
    keys: 'set' in config.keys ? fixedKeys(config.keys.set) : sources.acquire(placeOf(config)),
  }));
  return new Tokens(issuers, {
    makeCaller,
    consumers: new Set(snapshot.consumers.map(({ name }) => name)),
    claims: claimsNeeded(snapshot.routes),
  });
}

/** Where keys are fetched from. */
export function keyPlaces(snapshot: GatewaySnapshot): KeyPlace[] {
  return snapshot.jwtIssuers.filter(({ keys }) => !('set' in keys)).map(placeOf);
}

function placeOf({ issuer, keys }: SnapshotJwtIssuer): KeyPlace {
  return 'uri' in keys ? { uri: keys.uri } : { issuer };
}
