import { request } from 'undici';

export type Answer = { status: number; etag: string | null; body: unknown };

/** One call to the control plane. Rejects on network trouble and when the link is closed. */
export type Caller = (
  method: 'GET' | 'POST',
  path: string,
  options?: { headers?: Record<string, string>; body?: Buffer | string; timeoutMs?: number },
) => Promise<Answer>;

const DEFAULT_TIMEOUT_MS = 10_000;

export function createCaller(baseUrl: string, token: string, signal: AbortSignal): Caller {
  const base = baseUrl.replace(/\/+$/, '');
  return async (method, path, options = {}) => {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const response = await request(base + path, {
      method,
      headers: { ...options.headers, authorization: `Bearer ${token}` },
      body: options.body ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal,
    });
    const text = await response.body.text();
    const etag = response.headers.etag;
    return {
      status: response.statusCode,
      etag: typeof etag === 'string' ? etag : null,
      body: text === '' ? null : JSON.parse(text),
    };
  };
}
