import { createSecureContext, type SecureContext } from 'node:tls';

/** The protocol under which an authority looks at a certificate made for it alone (RFC 8737 §4). */
export const ACME_TLS_PROTOCOL = 'acme-tls/1';

const PREFIX = '/.well-known/acme-challenge/';

/**
 * What the gateway has to answer to an authority while an order is under way, and nothing beyond: each answer is here from the
 * moment the authority may ask until it has decided.
 */
export class Challenges {
  readonly #answers = new Map<string, string>();
  readonly #contexts = new Map<string, SecureContext>();

  /** Answers `token` by plain HTTP (RFC 8555 §8.3) until the returned function is called. */
  offerHttp(token: string, answer: string): () => void {
    this.#answers.set(token, answer);
    return () => void this.#answers.delete(token);
  }

  /** Shows this certificate for `hostname` to who asks by {@link ACME_TLS_PROTOCOL}, until the returned function is called. */
  offerTls(hostname: string, keyPem: string, certPem: string): () => void {
    this.#contexts.set(hostname, createSecureContext({ key: keyPem, cert: certPem, minVersion: 'TLSv1.2' }));
    return () => void this.#contexts.delete(hostname);
  }

  /** The answer to a path; null for whatever no order under way is about. */
  answerFor(path: string): string | null {
    if (this.#answers.size === 0 || !path.startsWith(PREFIX)) return null;
    return this.#answers.get(path.slice(PREFIX.length)) ?? null;
  }

  contextFor(hostname: string): SecureContext | null {
    return this.#contexts.get(hostname.toLowerCase()) ?? null;
  }
}
