import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { endedByCaller } from './h2-response.ts';

/** How many streams a caller may break off at once, as a browser does with a page that is left, and how many a second. */
export const RESETS_AT_ONCE = 200;
export const RESETS_PER_SECOND = 20;
/** And on a connection from where another one was closed over that lately. */
export const RESETS_AT_ONCE_AFTER_FLOOD = 20;

/**
 * Watches one HTTP/2 connection. Streams that come to nothing cost the caller a frame and the gateway, and the application
 * behind it, a request: rapid reset (CVE-2023-44487), and the same by frames that make the server itself reset
 * (CVE-2025-8671). A bucket of them is let go; then `flooded` is called, once.
 */
export class SessionGuard {
  readonly session: ServerHttp2Session;
  readonly #flooded: (guard: SessionGuard) => void;
  readonly #atOnce: number;
  #left: number;
  #filledAt = performance.now();
  #open = 0;
  #asked = false;
  /** Monotonic milliseconds since when no stream is open. */
  #idleSince = performance.now();

  constructor(session: ServerHttp2Session, atOnce: number, flooded: (guard: SessionGuard) => void) {
    this.session = session;
    this.#flooded = flooded;
    this.#atOnce = atOnce;
    this.#left = atOnce;
  }

  opened(stream: ServerHttp2Stream): void {
    this.#open++;
    this.#asked = true;
    // Opened and reset within the bytes of one read. Its "close" would be heard only after all others of that read were asked for.
    const cameToNothing = stream.closed && endedByCaller(stream);
    stream.once('close', () => {
      this.#open--;
      if (this.#open === 0) this.#idleSince = performance.now();
      if (!cameToNothing && endedByCaller(stream)) this.#count();
    });
    if (cameToNothing) this.#count();
  }

  /**
   * Whether nothing was asked for too long. What else a caller sends meanwhile, such as PING or half a head, byte by byte, does
   * not count.
   */
  isIdle(now: number, headTimeoutMs: number, idleTimeoutMs: number): boolean {
    return this.#open === 0 && now - this.#idleSince > (this.#asked ? idleTimeoutMs : headTimeoutMs);
  }

  #count(): void {
    const now = performance.now();
    this.#left = Math.min(this.#atOnce, this.#left + ((now - this.#filledAt) / 1000) * RESETS_PER_SECOND) - 1;
    this.#filledAt = now;
    if (this.#left < 0 && !this.session.destroyed) this.#flooded(this);
  }
}
