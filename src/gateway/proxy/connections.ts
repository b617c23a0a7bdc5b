import { buildConnector, Pool } from 'undici';

/** Open to one upstream at once, of each kind. */
const MAX_CONNECTIONS = 256;
/** Silent connections for what may be sent again; a hint of the upstream (`Keep-Alive: timeout=5`) may shorten or prolong it. */
const IDLE_MS = 4_000;
const LONGEST_IDLE_MS = 60_000;
/** And for what may not: an upstream that closes sooner than this after an answer is hardly to be found. */
const BRIEF_IDLE_MS = 1_000;

/**
 * The connections to one upstream, kept apart by what a connection that turns out dead would mean (RFC 9112 §9.3.1: a client
 * cannot know whether a request on it was carried out):
 *
 * - `kept`: for what may be sent again. Silent ones are kept for seconds; where the upstream closed one at the same moment, the
 *   request is repeated on a fresh one.
 * - `brief`: for what must never be sent twice. Used again only shortly after the last answer.
 * - `fresh`: never used before, for repetitions and health checks.
 */
export class Connections {
  readonly kept: Pool;
  readonly brief: Pool;
  readonly fresh: Pool;
  #connectTimeoutMs: number;
  #connect: buildConnector.connector;

  constructor(origin: string, connectTimeoutMs: number) {
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#connect = connector(connectTimeoutMs);
    // The time to connect may change while the pools stay.
    const connect: buildConnector.connector = (options, callback) => this.#connect(options, callback);
    const common = { connections: MAX_CONNECTIONS, pipelining: 1, connect, allowH2: false };
    this.kept = new Pool(origin, { ...common, keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: LONGEST_IDLE_MS });
    this.brief = new Pool(origin, {
      ...common,
      keepAliveTimeout: BRIEF_IDLE_MS,
      keepAliveMaxTimeout: BRIEF_IDLE_MS,
      keepAliveTimeoutThreshold: BRIEF_IDLE_MS,
    });
    this.fresh = new Pool(origin, { ...common, maxRequestsPerClient: 1 });
  }

  set connectTimeoutMs(value: number) {
    if (value === this.#connectTimeoutMs) return;
    this.#connectTimeoutMs = value;
    this.#connect = connector(value);
  }

  /** Ends them when their requests are done. */
  async close(): Promise<void> {
    await Promise.all([this.kept.close(), this.brief.close(), this.fresh.close()]);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.kept.destroy(), this.brief.destroy(), this.fresh.destroy()]);
  }
}

function connector(timeout: number): buildConnector.connector {
  return buildConnector({ timeout, allowH2: false });
}
