import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answers.ts';
import type { Shop } from './shop.ts';

/** Writes an answer. One whose visitor has gone, or whose headers are out already, is dropped. */
export function send(shop: Shop, request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  if (answer.private) {
    // WEAKNESS private-answers-cacheable: a shared cache may hand one person's answer to the next.
    const cache = shop.weak('private-answers-cacheable') ? 'public, max-age=3600' : 'no-store';
    response.setHeader('cache-control', cache);
  }
  if (answer.body !== undefined) response.setHeader('content-length', Buffer.byteLength(answer.body));
  response.writeHead(answer.status, answer.headers);
  if (answer.stream && request.method !== 'HEAD') {
    answer.stream(response);
    return;
  }
  response.end(answer.body);
}
