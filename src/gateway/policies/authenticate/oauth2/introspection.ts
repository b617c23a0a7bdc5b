import { hash } from 'node:crypto';
import type { SnapshotIntrospection } from '../../../../contracts/snapshot/introspection.ts';
import type { Caller } from '../../../caller.ts';
import { type CallerContext, callerOf } from '../jwt/token-caller.ts';
import type { Claims, IntrospectionClient } from './introspection-client.ts';

export type Opinion =
  | { readonly kind: 'good'; readonly caller: Caller; readonly forward: boolean; readonly borrowed: boolean }
  /** `detail` is for the record alone. */
  | { readonly kind: 'bad'; readonly detail: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unreachable' };

export type Server = { readonly config: SnapshotIntrospection; readonly client: Pick<IntrospectionClient, 'ask'> };
type Remembered = { readonly opinion: Opinion; readonly until: number };

/** Questions under way: whoever sends made-up tokens must not have the authorization server flooded. */
const MAX_RUNNING = 32;
/** A token may become active, and a guess is not worth asking about twice in a row. */
const REFUSED_MS = 10_000;
/** Good ones and bad ones each, so that guesses never push out a good one. */
const MAX_REMEMBERED = 10_000;
const MAX_LENGTH = 8 * 1024;
/** RFC 6750 §2.1. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * Judges the opaque tokens of one snapshot by asking their authorization servers, in the order of the configuration until one
 * calls the token active. A new configuration remembers nothing. Times are Unix milliseconds.
 */
export class Introspection {
  readonly #servers: readonly Server[];
  readonly #context: CallerContext;
  readonly #good = new Map<string, Remembered>();
  readonly #bad = new Map<string, Remembered>();
  readonly #running = new Map<string, Promise<Opinion>>();

  constructor(servers: readonly Server[], context: CallerContext) {
    this.#servers = servers;
    this.#context = context;
  }

  knowsIssuer(issuer: string): boolean {
    return this.#servers.some(({ config }) => issuerOf(config) === issuer);
  }

  /** What was answered a short while ago. */
  find(token: string, now: number): Opinion | null {
    if (token.length > MAX_LENGTH) return null;
    const digest = hash('sha256', token, 'base64');
    const found = this.#good.get(digest) ?? this.#bad.get(digest);
    return found === undefined || found.until <= now ? null : found.opinion;
  }

  /** Asks; who asks about the same token at the same time gets the same answer. Never rejects. */
  ask(token: string, now: number): Promise<Opinion> {
    if (token.length > MAX_LENGTH || !TOKEN.test(token)) return Promise.resolve(bad('not an access token'));
    const digest = hash('sha256', token, 'base64');
    const running = this.#running.get(digest);
    if (running !== undefined) return running;
    if (this.#running.size >= MAX_RUNNING) return Promise.resolve({ kind: 'busy' });
    const asked = this.#askAll(token, digest, now).finally(() => this.#running.delete(digest));
    this.#running.set(digest, asked);
    return asked;
  }

  async #askAll(token: string, digest: string, now: number): Promise<Opinion> {
    let reached = true;
    for (const { config, client } of this.#servers) {
      const claims = await client.ask(token);
      if (claims === null) reached = false;
      if (claims?.active !== true) continue;
      const read = this.#read(claims, config, now);
      if (read.opinion.kind === 'good') {
        this.#bad.delete(digest);
        if (read.until > now) put(this.#good, digest, read);
      } else put(this.#bad, digest, read);
      return read.opinion;
    }
    this.#good.delete(digest);
    if (!reached) return { kind: 'unreachable' };
    const opinion = bad('not active');
    put(this.#bad, digest, { opinion, until: now + REFUSED_MS });
    return opinion;
  }

  #read(claims: Claims, config: SnapshotIntrospection, now: number): Remembered {
    const fault = faultOf(claims, config, now);
    const exp = typeof claims.exp === 'number' ? claims.exp : null;
    const rules = { ...config, issuer: issuerOf(config), clockToleranceMs: 0 };
    const caller = fault ?? callerOf({ ...claims, exp }, 'oauth2', rules, this.#context);
    if (typeof caller === 'string') return { opinion: bad(caller), until: now + REFUSED_MS };
    const borrowed = this.#context.consumers.has(caller.consumer);
    return {
      opinion: { kind: 'good', caller, forward: config.forwardToken, borrowed },
      until: Math.min(caller.expiresAt ?? Number.POSITIVE_INFINITY, now + config.cacheMs),
    };
  }
}

/** Why an active token is not for this gateway; null when it is. */
function faultOf(claims: Claims, config: SnapshotIntrospection, now: number): string | null {
  if (config.issuer !== null && claims.iss !== config.issuer) return 'of another issuer';
  if (config.audience.length > 0) {
    const named: unknown[] = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
    if (!named.some((one) => typeof one === 'string' && config.audience.includes(one)))
      return 'meant for another audience';
  }
  if (claims.exp !== undefined && !isMoment(claims.exp)) return '"exp" is not as it should be';
  if (isMoment(claims.exp) && claims.exp * 1000 <= now) return 'expired';
  if (claims.nbf !== undefined && !(isMoment(claims.nbf) && claims.nbf * 1000 <= now)) return 'not yet valid';
  // RFC 8705, RFC 9449: it counts only with a proof that this gateway does not ask for.
  if (
    claims.cnf !== undefined ||
    (typeof claims.token_type === 'string' && !/^(bearer|access_token)$/i.test(claims.token_type))
  )
    return 'bound to a key, which is not checked here';
  return null;
}

const isMoment = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** By what the server's callers are told from those of others. */
const issuerOf = (config: SnapshotIntrospection) => config.issuer ?? config.url;

const bad = (detail: string): Opinion => ({ kind: 'bad', detail });

function put(map: Map<string, Remembered>, digest: string, entry: Remembered): void {
  if (map.size >= MAX_REMEMBERED) {
    const [oldest] = map.keys();
    if (oldest !== undefined) map.delete(oldest);
  }
  map.set(digest, entry);
}
