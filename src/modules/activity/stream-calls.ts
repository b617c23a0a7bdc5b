import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../platform/app-error.ts';
import type { LiveCalls, LiveMessage } from './live.ts';

/**
 * Server-sent events (WHATWG HTML §9.2) of calls as they are stored. A stream ends after ten minutes and the browser opens the
 * next one by itself, so that nobody whose session was ended goes on watching. Throws `AppError('too-many-views')`.
 */
export function streamCalls(live: LiveCalls, request: FastifyRequest, reply: FastifyReply): void {
  if (live.viewers >= MAX_VIEWERS) {
    throw new AppError('too-many-views', 'Too many live views are open.', { status: 503, next: 'Close some of them.' });
  }
  reply.hijack();
  const out = reply.raw;
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  out.write('retry: 2000\n\n');
  const send = ({ event, data }: LiveMessage) => {
    out.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    return out.writableLength < MAX_BEHIND_BYTES;
  };
  const leave = live.watch(send);
  const beat = setInterval(() => out.write(': still here\n\n'), BEAT_MS);
  const limit = setTimeout(end, LONGEST_MS);
  const { closing } = request.server;
  closing.addEventListener('abort', end, { once: true });
  out.once('close', end);
  if (closing.aborted) end();

  function end(): void {
    leave();
    clearInterval(beat);
    clearTimeout(limit);
    closing.removeEventListener('abort', end);
    if (!out.writableEnded) out.end();
  }
}

const MAX_VIEWERS = 50;
const MAX_BEHIND_BYTES = 64 * 1024;
const BEAT_MS = 15_000;
const LONGEST_MS = 600_000;
