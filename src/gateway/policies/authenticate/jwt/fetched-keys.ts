import { hash } from 'node:crypto';
import { openGuarded } from '../../../../platform/http/guarded-get.ts';
import type { Logger } from '../../../../platform/logger.ts';
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
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/** The keys that an issuer publishes at an address: fetched when first needed, kept while the issuer is away. */
export class FetchedKeys implements KeySource {
  generation = 0;
  readonly #uri: string;
  readonly #logger: Logger;
  #set: KeySet | null = null;
  #digest = '';
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;

  constructor(uri: string, logger: Logger) {
    this.#uri = uri;
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
      const text = await fetchText(this.#uri);
      const digest = hash('sha256', text, 'base64');
      if (digest !== this.#digest) {
        this.#set = keySetOf(JSON.parse(text));
        this.#digest = digest;
        this.generation++;
      }
      this.#fetchedAt = now;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.warn({ address: this.#uri, reason }, 'the keys of a token issuer could not be fetched');
    }
  }
}

/** Throws an error whose message says why there is no text. */
async function fetchText(uri: string): Promise<string> {
  const url = new URL(uri);
  const agent = await openGuarded(url, {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    userAgent: 'Nightlatch (fetching the keys of a token issuer)',
    httpsBeyondLoopback: true,
  });
  if ('code' in agent) throw new Error(agent.code);
  try {
    const got = await agent.get(url.pathname + url.search);
    if ('code' in got) throw new Error(got.code);
    if (got.status !== 200) throw new Error(`status ${got.status}`);
    if (got.cut) throw new Error('larger than 256 KiB');
    return got.body.toString('utf8');
  } finally {
    await agent.close();
  }
}

export type KeySources = {
  /** The same source for the same address, across reloads: fetched keys outlive a new configuration. */
  acquire(uri: string): KeySource;
  /** Forgets the sources that are no longer named. */
  retain(uris: ReadonlySet<string>): void;
};

export function createKeySources(logger: Logger): KeySources {
  const sources = new Map<string, FetchedKeys>();
  return {
    acquire(uri) {
      const source = sources.get(uri) ?? new FetchedKeys(uri, logger);
      sources.set(uri, source);
      return source;
    },
    retain(uris) {
      for (const uri of sources.keys()) if (!uris.has(uri)) sources.delete(uri);
    },
  };
}
