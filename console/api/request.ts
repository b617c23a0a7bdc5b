import type { Problem } from '../../src/contracts/api/problem.ts';

/** What the server (or the way to it) answered instead of what was asked for. `code` is stable; words follow it. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
}

let csrf: string | null = null;

/** The server's token against forged changes; told by `GET /api/state` and by signing in. */
export function rememberCsrf(token: string | null): void {
  csrf = token;
}

function unanswered(code: string, status: number): ApiProblem {
  return new ApiProblem({ type: 'about:blank', title: code, status, detail: code, code });
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
      return new ApiProblem(body as Problem);
    }
  } catch {
    // Not JSON: something between us and the server answered. The status is all there is to say.
  }
  return unanswered('unexpected-answer', response.status);
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function send(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== null) headers['x-csrf-token'] = csrf;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    throw unanswered('server-unreachable', 0);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Asks the server's API. @throws ApiProblem, always that. */
export async function request<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await send(method, path, body, signal);
  if (response.status === 204) return undefined as Answer;
  try {
    return (await response.json()) as Answer;
  } catch {
    throw unanswered('unexpected-answer', response.status);
  }
}

/** The same for answers that are plain text, such as the YAML of the configuration. @throws ApiProblem */
export async function requestText(path: string): Promise<string> {
  return (await send('GET', path, undefined)).text();
}

export async function list<Item>(path: string): Promise<Item[]> {
  return (await request<{ items: Item[] }>('GET', path)).items;
}
