import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/app-error.ts';
import { type ConsoleFile, readConsoleFiles } from './console-files.ts';
import { pagePolicy } from './security-headers.ts';

/**
 * Serves the built console. Only files that were there at the start are served, so that no path leads out of the folder. Every
 * other page address gets `index.html` (the console routes in the browser), with `__CSP_NONCE__` replaced by the page's nonce.
 */
export function serveConsole(app: FastifyInstance, folder: string): void {
  const files = readConsoleFiles(folder);
  const page = files.get(PAGE)?.bytes.toString('utf8') ?? null;
  app.get('/*', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const path = (request.params as { '*': string })['*'];
    const file = path === PAGE ? undefined : files.get(path);
    if (file !== undefined) return sendFile(request, reply, file);
    if (path.startsWith('api/') || path === 'api' || !wantsPage(request)) return reply.callNotFound();
    if (page === null) {
      throw new AppError('console-not-built', 'The console is not built yet.', {
        status: 503,
        next: 'Run "npm run build", then start again.',
      });
    }
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE_PLACE, nonce));
  });
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): Promise<FastifyReply> {
  reply
    .header('cache-control', file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.etag);
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  if (file.compressed !== null) reply.header('vary', 'Accept-Encoding');
  const encoding = file.compressed === null ? null : preferred(request.headers['accept-encoding'] ?? '');
  const body = encoding === null ? file.bytes : await file.compressed?.(encoding);
  if (encoding !== null) reply.header('content-encoding', encoding);
  return reply.type(file.type).send(body);
}

function preferred(accepted: string | string[]): 'br' | 'gzip' | null {
  const named = String(accepted)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  return named.includes('br') ? 'br' : named.includes('gzip') ? 'gzip' : null;
}

const wantsPage = (request: FastifyRequest) => (request.headers.accept ?? '').includes('text/html');
const PAGE = 'index.html';
const NONCE_PLACE = '__CSP_NONCE__';
