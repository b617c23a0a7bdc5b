import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Accounts } from '../modules/accounts/index.ts';
import { AppError } from '../platform/app-error.ts';
import type { ApiPlugin } from '../platform/http/api-plugin.ts';
import type { Logger } from '../platform/logger.ts';
import { refuseCrossSite } from './cross-site.ts';
import { guardHost } from './host-guard.ts';
import { identifyCallers, restrictAccess } from './identify.ts';
import { describeApi } from './openapi.ts';
import { originsOf } from './own-origin.ts';
import { answerWithProblems, sendFailure } from './problems.ts';
import { secureHeaders } from './security-headers.ts';
import { sessionCookies } from './session-cookie.ts';
import { stateRoutes } from './state.ts';
import { serveConsole } from './web-console.ts';

export type ApiServerOptions = {
  logger: Logger;
  version: string;
  /** Whether this is the practice set-up, which the console says on every screen. */
  practice: boolean;
  accounts: Accounts;
  /** Each module's routes, in the order in which the description lists them. */
  plugins: readonly ApiPlugin[];
  /** What a gateway proves itself with; kept in the data folder. */
  gatewayToken: string;
  /** What the command line on this machine proves itself with. */
  cliToken: string;
  /** Other origins that people reach the console at: `https://nightlatch.example`. Loopback is always known. */
  publicOrigins?: readonly string[];
  /** Proxies (addresses or CIDR) whose `X-Forwarded-*` is believed. Default: none. */
  trustedProxies?: readonly string[];
  /** The folder of the built console; left out: the API alone. */
  consoleFolder?: string;
};

export type ApiServer = {
  readonly app: FastifyInstance;
  /** Returns the address that it answers at. Throws `AppError('listen-port-taken' | 'listen-not-allowed')`. */
  listen(listen: { host: string; port: number }): Promise<{ url: string; port: number }>;
  /** Ends streams and long polls, lets running requests end, and after two seconds closes what is left. */
  close(): Promise<void>;
};

/** The HTTP server of the control plane with everything around the modules' routes. Throws when a route is not described. */
export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const closing = new AbortController();
  const origins = originsOf(options.publicOrigins ?? []);
  const trustedProxies = options.trustedProxies ?? [];
  const app = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    frameworkErrors: (error, request, reply) => void sendFailure(error, request, reply),
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Only JSON is read unless a plug-in says otherwise; a form of another site can send text/plain without asking.
  app.removeContentTypeParser('text/plain');
  app.decorate('closing', closing.signal);
  app.addHook('preClose', async () => closing.abort());
  answerWithProblems(app);
  secureHeaders(app);
  await sessionCookies(app, origins);
  identifyCallers(app, options);
  guardHost(app, origins);
  restrictAccess(app);
  refuseCrossSite(app, origins);
  await describeApi(app, options.version);
  await app.register(stateRoutes(options));
  for (const plugin of options.plugins) await app.register(plugin);
  if (options.consoleFolder !== undefined) serveConsole(app, options.consoleFolder);
  await app.ready();
  return {
    app,
    listen: (listen) => startListening(app, listen),
    async close() {
      const force = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
      await app.close();
      clearTimeout(force);
    },
  };
}

async function startListening(app: FastifyInstance, { host, port }: { host: string; port: number }) {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `API and console at ${address}` });
  } catch (cause) {
    throw listenFault(cause, host, port);
  }
  const bound = app.server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`, port: bound.port };
}

function listenFault(cause: unknown, host: string, port: number): unknown {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new AppError('listen-port-taken', `Port ${port} on ${host} is already in use by another program.`, {
        next: 'Stop that program, or choose another port.',
        cause,
      });
    case 'EACCES':
      return new AppError('listen-not-allowed', `This user may not listen on port ${port}.`, {
        next: 'Choose a port above 1023.',
        cause,
      });
    default:
      return cause;
  }
}

const BODY_LIMIT_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 15_000;
const CLOSE_GRACE_MS = 2_000;
