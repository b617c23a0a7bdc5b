import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Gateway, problemBody, whenLetThrough } from '../../gateway/index.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Middleware } from './guard.ts';

/** The one way from an application's server into the pipeline. */
export type Door = {
  readonly middleware: Middleware;
  judgeUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, next: () => void): void;
  hasJudged(request: IncomingMessage): boolean;
  /** From now on every request is refused. */
  shut(): void;
};

/** As frameworks leave it on a request whose path they have cut to where a middleware was mounted. */
type Mounted = IncomingMessage & { baseUrl?: string; originalUrl?: string };

export function createDoor(gateway: Gateway): Door {
  const judged = new WeakSet<IncomingMessage>();
  let open = true;
  return {
    middleware(request, response, next) {
      if (judged.has(request)) {
        next();
        return;
      }
      if (!open) {
        refuseClosed(response);
        return;
      }
      if (request.httpVersionMajor > 1) {
        next(notOverHttp2());
        return;
      }
      judged.add(request);
      const inner = request.url ?? '/';
      const outer = wholeTarget(request, inner);
      if (outer !== inner) request.url = outer;
      whenLetThrough(request, (through) => {
        request.nightlatch = through;
        if (outer !== inner) request.url = inner;
        next();
      });
      for (const name of gateway.snapshot()?.answers.stripHeaders ?? []) response.removeHeader(name);
      gateway.judge(request, response, request.socket, null);
    },
    judgeUpgrade(request, socket, head, next) {
      if (!open) {
        socket.destroy();
        return;
      }
      judged.add(request);
      whenLetThrough(request, (through) => {
        request.nightlatch = through;
        next();
      });
      gateway.judge(request, null, socket, head);
    },
    hasJudged: (request) => judged.has(request),
    shut() {
      open = false;
    },
  };
}

/** The target that was asked for, of which the application sees the part below the place where the guard is mounted. */
function wholeTarget({ baseUrl, originalUrl }: Mounted, inner: string): string {
  if (typeof baseUrl === 'string') return baseUrl === '' ? inner : `${baseUrl}${inner}`;
  return typeof originalUrl === 'string' ? originalUrl : inner;
}

function refuseClosed(response: ServerResponse): void {
  const body = problemBody('internal', '', { status: 503, publicDetail: 'This service is being stopped. Try again.' });
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '5', Connection: 'close' });
  response.end(body);
}

function notOverHttp2(): AppError {
  return new AppError('http2-unsupported', 'The guard judges HTTP/1.1 and this request came by HTTP/2.', {
    next: 'Let a proxy in front of the application speak HTTP/2, or turn it off in the application.',
  });
}
