import type { ServerResponse } from 'node:http';

/** What a route gives back. `private`: about one person, so the way it may be cached matters. */
export interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  private?: boolean;
  /** For answers that go on: called after the headers were sent; must end or release the response itself. */
  stream?: (response: ServerResponse) => void;
}

/** A refusal with a plain sentence. `code` is stable, the sentence is for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function json(value: unknown, status = 200, headers: Record<string, string | string[]> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A JSON answer about one person or one purchase. */
export function privateJson(value: unknown, status = 200, headers: Record<string, string | string[]> = {}): Answer {
  return { ...json(value, status, headers), private: true };
}

export function text(body: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status: 200, headers: { 'content-type': type }, body };
}

export const notFound = (what: string): Refusal => new Refusal(404, 'not-found', `There is no such ${what}.`);
export const notAllowed = (): Refusal => new Refusal(403, 'not-allowed', 'Your account may not do this.');
export const notSignedIn = (): Refusal =>
  new Refusal(401, 'not-signed-in', 'Please sign in first (POST /api/login).', { 'www-authenticate': 'Bearer' });
export const invalid = (message: string): Refusal => new Refusal(422, 'invalid', message);
