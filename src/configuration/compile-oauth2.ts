import type { OAuth2Config } from '../contracts/config/oauth2-config.ts';
import type { SnapshotIntrospection } from '../contracts/snapshot/introspection.ts';
import { durationToMs } from '../contracts/units.ts';

const OAUTH2_DEFAULTS = { consumerClaim: 'sub', scopesClaim: 'scope', cache: '60s', record: 'hash' } as const;

/** The authorization servers to ask, with every default filled in. */
export function compileOAuth2(oauth2: OAuth2Config | undefined): SnapshotIntrospection[] {
  return (oauth2?.introspection ?? []).map((server) => ({
    url: server.url,
    clientId: server.clientId,
    clientSecret: server.clientSecret,
    issuer: server.issuer ?? null,
    audience: typeof server.audience === 'string' ? [server.audience] : (server.audience ?? []),
    consumerClaim: server.consumerClaim ?? OAUTH2_DEFAULTS.consumerClaim,
    scopesClaim: server.scopesClaim ?? OAUTH2_DEFAULTS.scopesClaim,
    attributes: server.attributes ?? {},
    cacheMs: durationToMs(server.cache ?? OAUTH2_DEFAULTS.cache),
    record: server.record ?? OAUTH2_DEFAULTS.record,
    forwardToken: server.forwardToken ?? false,
  }));
}
