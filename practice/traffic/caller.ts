import { assertLoopback } from '../loopback.ts';

export interface Call {
  method?: string;
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** The session cookie's value. */
  session?: string | undefined;
  /** `null`: without any key. Otherwise instead of the usual one. */
  key?: string | null | undefined;
}

export interface Reply {
  /** 0 when there was no answer. */
  status: number;
  /** The JSON object or array of the answer; null for anything else. */
  value: unknown;
}

/** Counts what came back: `byStatus['200']`; status 0 means no answer. */
export interface Tally {
  sent: number;
  byStatus: Record<string, number>;
}

const TIMEOUT_MS = 10_000;

function readJson(source: string, type: string | null): unknown {
  if (!type?.includes('json')) return null;
  try {
    return JSON.parse(source);
  } catch {
    // The shop answers broken JSON nowhere; if something in front does, the traffic goes on without the value.
    return null;
  }
}

/** Sends calls to one loopback address, at most one every `gapMs`, and counts the answers. */
export class Caller {
  readonly tally: Tally = { sent: 0, byStatus: {} };
  readonly #base: URL;
  readonly #key: string | undefined;
  readonly #pause: () => Promise<void>;
  readonly #signal: AbortSignal;

  /** @throws Error when `base` is not on this computer */
  constructor(base: string, key: string | undefined, pause: () => Promise<void>, signal: AbortSignal) {
    this.#base = assertLoopback(base);
    this.#key = key;
    this.#pause = pause;
    this.#signal = signal;
  }

  async call({ method = 'GET', path, body, session, key = this.#key }: Call): Promise<Reply> {
    await this.#pause();
    const headers: Record<string, string> = { 'user-agent': 'nightlatch-practice-traffic' };
    if (key) headers['x-api-key'] = key;
    // The session travels as the cookie, so that it is never taken for the gateway's own key.
    if (session) headers.cookie = `shop_session=${session}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const reply = await this.#fetch(path, {
      method,
      headers,
      // A redirect could lead away from this computer.
      redirect: 'manual',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.tally.sent += 1;
    this.tally.byStatus[reply.status] = (this.tally.byStatus[reply.status] ?? 0) + 1;
    return reply;
  }

  async #fetch(path: string, init: RequestInit): Promise<Reply> {
    // A controller for each call, taken apart afterwards: signals derived from the long-lived one would pile up on it.
    const call = new AbortController();
    const giveUp = (): void => call.abort();
    const timer = setTimeout(giveUp, TIMEOUT_MS);
    this.#signal.addEventListener('abort', giveUp);
    try {
      const answer = await fetch(new URL(path, this.#base), { ...init, signal: call.signal });
      return { status: answer.status, value: readJson(await answer.text(), answer.headers.get('content-type')) };
    } catch (error) {
      if (this.#signal.aborted) throw error;
      return { status: 0, value: null };
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', giveUp);
    }
  }
}
