import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Who calls, on `request.nightlatch` of every request that was let through. */
export type NightlatchCaller = {
  /** Name of the consumer; null where the route asks for no key. */
  readonly consumer: string | null;
  /** What its key or token may do. */
  readonly scopes: readonly string[];
  /** The route that let it through, such as `GET /orders/{id}`; null for what passes unmatched. */
  readonly route: string | null;
  /** The reference that the caller gets as `X-Request-Id` and that stands in the record. */
  readonly requestId: string;
};

/** As pino, winston and console have it; an object of fields comes first. */
export type GuardLogger = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type ProtectOptions = {
  /** A configuration file, which is read again when it changes, or the configuration itself. */
  config?: string | object;
  /** Instead of `config`: where the configuration comes from, and where the record goes. */
  controlPlane?: { url: string; token: string };
  /** The guard's own folder, for one process alone. Default: `middleware` in NIGHTLATCH_HOME, else in ./data. */
  dataDir?: string;
  /** What becomes of requests that no route knows. `pass`: they go to the application unjudged, and are recorded. Default: `deny`. */
  unmatched?: 'deny' | 'pass';
  logger?: GuardLogger;
};

/** `(request, response, next)` of Express, Connect and plain `node:http`. `next` gets an error when the guard cannot judge. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** A handler of Next.js' App Router, or of anything else that takes a Web `Request` and answers with a `Response`. */
export type WebHandler<Context> = (
  request: Request,
  caller: NightlatchCaller,
  context: Context,
) => Response | Promise<Response>;

/** What the guard needs of a Fastify instance. */
export type FastifyLike = {
  readonly server: Server;
  addHook(name: 'onRequest', hook: (request: never, reply: never, done: (error?: Error) => void) => void): unknown;
  decorateRequest(name: string, accessor: { getter(): unknown }): unknown;
};

export type FastifyGuard = (fastify: FastifyLike, options: unknown, done: (error?: Error) => void) => void;

export type Guard = {
  /** `app.use(guard.express)`, before every other middleware and route. */
  readonly express: Middleware;
  /** `guard.node(request, response, () => app(request, response))`. */
  readonly node: Middleware;
  /** `fastify.register(guard.fastify)`, before every other plug-in. */
  readonly fastify: FastifyGuard;
  /** `export const GET = guard.next(async (request, caller) => …)`. */
  next<Context = unknown>(handler: WebHandler<Context>): (request: Request, context: Context) => Promise<Response>;
  /** Judges the upgrades (WebSockets) of a server; without it they go to the application unjudged. */
  upgrade(server: Server): void;
  /** Lets running requests end, then closes the record. Requests after that are refused. */
  close(): Promise<void>;
};

declare module 'node:http' {
  interface IncomingMessage {
    nightlatch?: NightlatchCaller;
  }
}
