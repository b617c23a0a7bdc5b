import type { Socket } from 'node:net';
import { buildConnector, errors, Pool } from 'undici';

/**
 * Open to one upstream at once, of each kind. A caller that reads its answer slowly keeps one for that long: a few hundred of them
 * must not leave everybody else waiting.
 */
const MAX_CONNECTIONS = 1_024;
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
  /** It may change while the pools stay. */
  connectTimeoutMs: number;

  constructor(origin: string, connectTimeoutMs: number, options: buildConnector.BuildOptions = {}) {
    this.connectTimeoutMs = connectTimeoutMs;
    const connect = this.#connector(options);
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

  /** Ends them when their requests are done. */
  async close(): Promise<void> {
    await Promise.all([this.kept.close(), this.brief.close(), this.fresh.close()]);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.kept.destroy(), this.brief.destroy(), this.fresh.destroy()]);
  }

  /** undici's own, with a timer of its own: undici's is coarse, and the next upstream waits for it. */
  #connector(more: buildConnector.BuildOptions): buildConnector.connector {
    const connect = buildConnector({ ...more, timeout: 0, allowH2: false });
    return (options, callback) => {
      const ms = this.connectTimeoutMs;
      const late = (): void => {
        socket.destroy(
          new errors.ConnectTimeoutError(`no connection to ${options.host ?? options.hostname} in ${ms} ms`),
        );
      };
      const timer = setTimeout(late, ms);
      const done: buildConnector.Callback = (...result) => {
        clearTimeout(timer);
        callback(...result);
      };
      // It returns the socket, which its type leaves out.
      const socket = connect(options, done) as unknown as Socket;
    };
  }
}
