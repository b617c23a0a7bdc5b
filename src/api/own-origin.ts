import type { FastifyRequest } from 'fastify';
import { AppError } from '../platform/app-error.ts';

/** Under which names this server is meant to be reached, and which origin (scheme and host) a request was sent to. */
export type OwnOrigins = {
  /** Whether `host` (with its port) is one of our names on a socket bound to `port`. */
  knowsHost(host: string, port: number | undefined): boolean;
  /** The origin as the browser sees it: `https://…` behind a configured name, whatever the last hop spoke. */
  of(request: FastifyRequest): string;
};

/** Throws `AppError('public-origin-invalid')` for what is no origin. */
export function originsOf(configured: readonly string[]): OwnOrigins {
  const byHost = new Map(configured.map((text) => [parse(text).host, parse(text).origin]));
  return {
    knowsHost: (host, port) => byHost.has(host) || LOOPBACK.some((name) => host === withPort(name, port)),
    of: (request) => byHost.get(hostOf(request)) ?? `${request.protocol}://${hostOf(request)}`,
  };
}

/** The Host header field in lower case; empty when there is none. */
export const hostOf = (request: FastifyRequest) => (request.host ?? '').toLowerCase();

function parse(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '').toLowerCase())
    return url;
  throw new AppError('public-origin-invalid', `"${text}" is not the address of a web site.`, {
    next: 'Write scheme and name, and the port when it is a special one: https://nightlatch.example',
  });
}

const withPort = (name: string, port: number | undefined) => (port === 80 ? name : `${name}:${port}`);
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
