import { hash } from 'node:crypto';
import type { Logger } from '../../../../platform/logger.ts';
import { discoverFrom, type LocateKeys } from './discover.ts';
import { fetchText } from './fetch-text.ts';
import { type KeySet, type KeySource, keySetOf } from './key-set.ts';

const MINUTE_MS = 60_000;
/** After this the keys are fetched again in the background … */
const FRESH_MS = 10 * MINUTE_MS;
/** … after this somebody waits for it, so that a withdrawn key does not outlive a quiet night … */
const LATE_MS = 20 * MINUTE_MS;
/** … and for so long they are used while the issuer is away. */
const USABLE_MS = 24 * 60 * MINUTE_MS;
/** Attempts are this far apart, whatever callers send. Sooner while there are no keys at all. */
const GAP_MS = 30_000;
const GAP_WITHOUT_KEYS_MS = 5_000;

/** The keys that an issuer publishes at an address: fetched when first needed, kept while the issuer is away. */
export class FetchedKeys implements KeySource {
  generation = 0;
  readonly #name: string;
  readonly #locate: LocateKeys;
  readonly #logger: Logger;
  #set: KeySet | null = null;
  #digest = '';
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;

  /** `name` is how they are called in the log. */
  constructor(name: string, locate: LocateKeys, logger: Logger) {
    this.#name = name;
    this.#locate = locate;
    this.#logger = logger;
  }

  keepFresh(now: number): void {
    if (this.#isOlderThan(FRESH_MS, now)) void this.#refresh(now);
  }

  async keysFor(kid: string | undefined, now: number): Promise<KeySet | null> {
    if (this.#set === null || this.#isOlderThan(LATE_MS, now)) await this.#refresh(now);
    else if (kid !== undefined && !this.#set.kids.has(kid)) await this.#refresh(now);
    else this.keepFresh(now);
    return this.#isOlderThan(USABLE_MS, now) ? null : this.#set;
  }

  #isOlderThan(ms: number, now: number): boolean {
    const age = now - this.#fetchedAt;
    // A clock that was set back must not keep old keys for ever.
    return age > ms || age < -MINUTE_MS;
  }

  /** Never rejects. All who wait at the same time wait for one fetch. */
  #refresh(now: number): Promise<void> {
    if (this.#running !== null) return this.#running;
    const since = now - this.#triedAt;
    if (since >= 0 && since < (this.#set === null ? GAP_WITHOUT_KEYS_MS : GAP_MS)) return Promise.resolve();
    this.#triedAt = now;
    this.#running = this.#fetch(now).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #fetch(now: number): Promise<void> {
    try {
      const text = await fetchText(await this.#locate(now));
      const digest = hash('sha256', text, 'base64');
      if (digest !== this.#digest) {
        this.#set = keySetOf(JSON.parse(text));
        this.#digest = digest;
        this.generation++;
      }
      this.#fetchedAt = now;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.warn({ address: this.#name, reason }, 'the keys of a token issuer could not be fetched');
    }
  }
}

export type KeySources = {
  /** The same source for the same place, across reloads: fetched keys outlive a new configuration. */
  acquire(place: KeyPlace): KeySource;
  /** Forgets the sources that are no longer named. */
  retain(places: readonly KeyPlace[]): void;
};

/** An address of keys, or an issuer that says where its keys are. */
export type KeyPlace = { readonly uri: string } | { readonly issuer: string };

export function createKeySources(logger: Logger): KeySources {
  const sources = new Map<string, FetchedKeys>();
  const keyOf = (place: KeyPlace) => ('uri' in place ? place.uri : `discovery of ${place.issuer}`);
  return {
    acquire(place) {
      const key = keyOf(place);
      const locate = 'uri' in place ? () => Promise.resolve(place.uri) : discoverFrom(place.issuer);
      const source = sources.get(key) ?? new FetchedKeys(key, locate, logger);
      sources.set(key, source);
      return source;
    },
    retain(places) {
      const named = new Set(places.map(keyOf));
      for (const key of sources.keys()) if (!named.has(key)) sources.delete(key);
    },
  };
}
