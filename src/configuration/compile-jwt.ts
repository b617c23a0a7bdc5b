import type { JwtAlgorithm, JwtConfig } from '../contracts/config/jwt-config.ts';
import type { SnapshotJwtIssuer } from '../contracts/snapshot/jwt-issuer.ts';
import { durationToMs } from '../contracts/units.ts';

const JWT_DEFAULTS = {
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] as JwtAlgorithm[],
  clockTolerance: '30s',
  consumerClaim: 'sub',
  scopesClaim: 'scope',
  record: 'hash',
} as const;

/** The issuers with every default filled in. Throws `RangeError` for keys that `checkJwt` would refuse. */
export function compileJwt(jwt: JwtConfig | undefined): SnapshotJwtIssuer[] {
  return (jwt?.issuers ?? []).map((issuer) => ({
    issuer: issuer.issuer,
    audience: typeof issuer.audience === 'string' ? [issuer.audience] : issuer.audience,
    keys: keysOf(issuer),
    algorithms: issuer.algorithms ?? JWT_DEFAULTS.algorithms,
    clockToleranceMs: durationToMs(issuer.clockTolerance ?? JWT_DEFAULTS.clockTolerance),
    consumerClaim: issuer.consumerClaim ?? JWT_DEFAULTS.consumerClaim,
    scopesClaim: issuer.scopesClaim ?? JWT_DEFAULTS.scopesClaim,
    attributes: issuer.attributes ?? {},
    record: issuer.record ?? JWT_DEFAULTS.record,
    forwardToken: issuer.forwardToken ?? false,
  }));
}

function keysOf({ issuer, jwksUri, jwks }: JwtConfig['issuers'][number]): SnapshotJwtIssuer['keys'] {
  if (jwksUri !== undefined) return { uri: jwksUri };
  if (jwks === undefined) return { discovery: true };
  if (!('keys' in jwks)) throw new RangeError(`no keys for the issuer ${issuer}`);
  return { set: jwks as { keys: Record<string, unknown>[] } };
}
