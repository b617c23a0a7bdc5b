import { type GuardedAgent, openGuarded } from '../../../../platform/http/guarded-get.ts';
import type { Logger } from '../../../../platform/logger.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
/** The name of the server is looked up again after this. */
const KEEP_MS = 60_000;

export type Claims = Readonly<Record<string, unknown>>;

/** Asks one authorization server about tokens, as a client that is known there (RFC 7662 §2.1). */
export class IntrospectionClient {
  readonly #url: URL;
  readonly #authorization: string;
  readonly #logger: Logger;
  #agent: { agent: GuardedAgent; openedAt: number } | null = null;

  constructor(url: string, clientId: string, clientSecret: string, logger: Logger) {
    this.#url = new URL(url);
    // RFC 6749 §2.3.1: both are form-encoded before they are put together.
    const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
    this.#authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
    this.#logger = logger;
  }

  /** What the server says about the token; null when it says nothing that can be used. Never rejects. */
  async ask(token: string): Promise<Claims | null> {
    try {
      const agent = await this.#open();
      const answer = await agent.post(this.#url.pathname + this.#url.search, {
        body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
        headers: {
          accept: 'application/json',
          authorization: this.#authorization,
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
      if ('code' in answer) throw new Error(answer.code);
      if (answer.status !== 200) throw new Error(`status ${answer.status}`);
      if (answer.cut) throw new Error('larger than 64 KiB');
      const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body));
      if (
        typeof claims !== 'object' ||
        claims === null ||
        !('active' in claims) ||
        typeof claims.active !== 'boolean'
      ) {
        throw new Error('does not say whether the token is active');
      }
      return claims as Claims;
    } catch (error) {
      this.#agent = null;
      // A parser's message repeats what it read, which may be personal.
      const reason = error instanceof SyntaxError ? 'no JSON' : error instanceof Error ? error.message : String(error);
      this.#logger.warn(
        { address: this.#url.origin, reason },
        'an authorization server could not be asked about a token',
      );
      return null;
    }
  }

  /** An agent that is given up closes its idle connections by itself, and lets questions under way end. */
  async #open(): Promise<GuardedAgent> {
    const now = performance.now();
    if (this.#agent !== null && now - this.#agent.openedAt < KEEP_MS) return this.#agent.agent;
    const agent = await openGuarded(this.#url, {
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      userAgent: 'Nightlatch (asking about an access token)',
      httpsBeyondLoopback: true,
    });
    if ('code' in agent) throw new Error(agent.code);
    this.#agent = { agent, openedAt: now };
    return agent;
  }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice(2);
}
