import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * fast-gateway with a key check, a limit and a line per request, written as one of its users would: its own routing and
 * proxying, three middlewares.
 * `node fast-gateway.ts <folder with node_modules> <port> <upstream origin> <path prefix> <SHA-256 of the key> <log file>`
 */
const [folder = '', port, upstream = '', prefix = '', keyHash = '', logFile = ''] = process.argv.slice(2);

type Request = IncomingMessage & { consumer?: string | undefined };
type Middleware = (request: Request, response: ServerResponse, next: () => void) => void;
type Route = { prefix: string; target: string; prefixRewrite: string };
type Gateway = (options: { middlewares: Middleware[]; routes: Route[] }) => {
  start(port: number, host: string): unknown;
};

const gateway = createRequire(join(folder, 'package.json'))('fast-gateway') as Gateway;
const log = createWriteStream(logFile, { flags: 'a' });
const consumers = new Map([[keyHash, 'web-shop']]);
const QUOTA = 1_000_000;
const WINDOW_MS = 10_000;
const hits = new Map<string, number>();
setInterval(() => hits.clear(), WINDOW_MS).unref();

const record: Middleware = (request, response, next) => {
  const started = Date.now();
  const id = randomUUID();
  const { method, url } = request;
  response.setHeader('X-Request-Id', id);
  response.on('finish', () => {
    const durationMs = Date.now() - started;
    const { statusCode: status } = response;
    const { consumer = null } = request;
    const address = request.socket.remoteAddress;
    log.write(`${JSON.stringify({ id, time: started, method, path: url, status, consumer, address, durationMs })}\n`);
  });
  next();
};

const authenticate: Middleware = (request, response, next) => {
  const key = request.headers['x-api-key'];
  if (typeof key === 'string') request.consumer = consumers.get(createHash('sha256').update(key).digest('hex'));
  if (request.consumer === undefined) return refuse(response, 401, 'key-missing');
  delete request.headers['x-api-key'];
  request.headers['x-nightlatch-consumer'] = request.consumer;
  next();
};

const limit: Middleware = (request, response, next) => {
  const consumer = request.consumer ?? '';
  const count = (hits.get(consumer) ?? 0) + 1;
  hits.set(consumer, count);
  if (count > QUOTA) refuse(response, 429, 'rate-limited');
  else next();
};

function refuse(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json');
  response.end(JSON.stringify({ status, code }));
}

gateway({
  middlewares: [record, authenticate, limit],
  routes: [{ prefix, target: upstream, prefixRewrite: prefix }],
}).start(Number(port), '127.0.0.1');
