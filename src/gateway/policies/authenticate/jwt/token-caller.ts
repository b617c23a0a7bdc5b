import { hash } from 'node:crypto';
import { Scope } from '../../../../contracts/config/config-words.ts';
import type { SnapshotJwtIssuer } from '../../../../contracts/snapshot/jwt-issuer.ts';
import type { Caller, callerFactory } from '../../../caller.ts';

/** What is needed of a snapshot to make callers of tokens. */
export type CallerContext = {
  readonly makeCaller: ReturnType<typeof callerFactory>;
  /** Names of the consumers that hold keys. */
  readonly consumers: ReadonlySet<string>;
  /** Claims that a caller keeps, as rules ask for them. */
  readonly claims?: readonly string[];
};

type Claims = Readonly<Record<string, unknown>> & { readonly exp: number | null };

/** How the callers of an issuer's tokens are read from their claims. */
export type ClaimRules = Pick<
  SnapshotJwtIssuer,
  'issuer' | 'consumerClaim' | 'scopesClaim' | 'attributes' | 'record' | 'clockToleranceMs'
>;

/** The caller that the claims of a verified token describe, or the reason why they describe none. */
export function callerOf(
  claims: Claims,
  via: 'jwt' | 'oauth2',
  issuer: ClaimRules,
  context: Pick<CallerContext, 'makeCaller' | 'claims'>,
): Caller | string {
  const consumer = textOf(claimOf(claims, issuer.consumerClaim));
  if (consumer === null || !HEADER_SAFE.test(consumer)) return 'names no consumer';
  // So are the vendors called whose signed calls are let in.
  if (consumer.startsWith('webhook:')) return 'names a webhook';
  const attributes: Record<string, string> = {};
  for (const [attribute, claim] of Object.entries(issuer.attributes)) {
    const value = textOf(claimOf(claims, claim));
    if (value !== null && value.length <= MAX_ATTRIBUTE) attributes[attribute] = value;
  }
  const kept: Record<string, string> = Object.create(null);
  for (const claim of context.claims ?? []) {
    const value = textOf(claimOf(claims, claim));
    if (value !== null && value.length <= MAX_ATTRIBUTE) kept[claim] = value;
  }
  return context.makeCaller({
    consumer,
    keyId: null,
    issuer: issuer.issuer,
    via,
    credential: issuer.issuer,
    parts: null,
    scopes: scopesOf(claimOf(claims, issuer.scopesClaim)),
    attributes,
    claims: kept,
    limitKey: `${issuer.issuer} ${consumer}`,
    expiresAt: claims.exp === null ? null : claims.exp * 1000 + issuer.clockToleranceMs,
    recordedAs: issuer.record === 'claim' ? consumer : pseudonym(via, issuer.issuer, consumer),
  });
}

/** Stands for the consumer in the record: the same one always gets the same, and no consumer with keys has such a name. */
function pseudonym(via: string, issuer: string, consumer: string): string {
  return `${via}:${hash('sha256', `${issuer}\n${consumer}`, 'hex').slice(0, 16)}`;
}

/** Becomes a header field as it is: printable ASCII, no space at the ends, so that two consumers never look the same. */
const HEADER_SAFE = /^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/;
const MAX_ATTRIBUTE = 512;
const MAX_SCOPES = 256;

function claimOf(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : null;
}

/** Space separated (RFC 8693 §4.2) or a list. What is no scope is left out, which grants nothing. */
function scopesOf(value: unknown): string[] {
  const listed: unknown[] = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  const scopes = listed.filter((one): one is string => Scope.safeParse(one).success);
  return [...new Set(scopes)].slice(0, MAX_SCOPES);
}
