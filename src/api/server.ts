import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { AppError } from '../platform/app-error.ts';
import type { ApiPlugin } from '../platform/http/api-plugin.ts';
import type { Logger } from '../platform/logger.ts';
import { identifyCallers } from './identify.ts';
import { answerWithProblems } from './problems.ts';

export type ApiServerOptions = {
  logger: Logger;
  /** Each module's routes, in the order in which the description lists them. */
  plugins: readonly ApiPlugin[];
  /** What a gateway proves itself with; kept in the data folder. */
  gatewayToken: string;
  /** What the command line on this machine proves itself with. */
  cliToken: string;
};

export type ApiServer = {
  readonly app: FastifyInstance;
  /** Returns the address that it answers at. Throws `AppError('listen-port-taken')`. */
  listen(listen: { host: string; port: number }): Promise<{ url: string; port: number }>;
  /** Ends streams and long polls, lets running requests end, closes. */
  close(): Promise<void>;
};

export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const closing = new AbortController();
  const app = fastify({
    loggerInstance: options.logger,
    disableRequestLogging: true,
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate('closing', closing.signal);
  app.addHook('preClose', async () => closing.abort());
  answerWithProblems(app as unknown as FastifyInstance);
  identifyCallers(app as unknown as FastifyInstance, options);
  for (const plugin of options.plugins) await app.register(plugin);
  await app.ready();
  return {
    app: app as unknown as FastifyInstance,
    listen: async ({ host, port }) => {
      try {
        await app.listen({ host, port });
      } catch (cause) {
        throw listenFault(cause, host, port);
      }
      const bound = app.server.address() as AddressInfo;
      const name = host.includes(':') ? `[${host}]` : host;
      return { url: `http://${name}:${bound.port}`, port: bound.port };
    },
    close: () => app.close(),
  };
}

function listenFault(cause: unknown, host: string, port: number): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new AppError('listen-port-taken', `Port ${port} on ${host} is already in use by another program.`, {
      next: 'Stop that program, or choose another port.',
      cause,
    });
  }
  return cause;
}
