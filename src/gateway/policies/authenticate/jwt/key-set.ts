import { createLocalJWKSet, type JSONWebKeySet } from 'jose';

/** The public keys of an issuer, ready to be chosen from by a token's header. */
export type KeySet = {
  readonly choose: ReturnType<typeof createLocalJWKSet>;
  readonly kids: ReadonlySet<unknown>;
};

/** Where an issuer's keys come from. Times are Unix milliseconds. */
export type KeySource = {
  /** Grows when the keys have changed: what was verified before has to be verified again. */
  readonly generation: number;
  /** Looks after the keys in the background when they have grown old. */
  keepFresh(now: number): void;
  /** The keys, fetched first where that is needed; null when none are to be had. */
  keysFor(kid: string | undefined, now: number): Promise<KeySet | null>;
};

/** Throws jose's error for what is no key set (RFC 7517 §5). */
export function keySetOf(value: unknown): KeySet {
  const set = value as JSONWebKeySet;
  const choose = createLocalJWKSet(set);
  if (set.keys.length > MAX_KEYS) throw new RangeError('too many keys');
  return { choose, kids: new Set(set.keys.map((key) => key.kid)) };
}

const MAX_KEYS = 100;

/** Keys that stand in the configuration itself. */
export function fixedKeys(value: unknown): KeySource {
  const set = keySetOf(value);
  return { generation: 0, keepFresh: () => {}, keysFor: () => Promise.resolve(set) };
}
