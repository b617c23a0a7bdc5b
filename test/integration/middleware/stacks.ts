import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { onTestFinished } from 'vitest';
import type { Guard, ProtectOptions } from '../../../src/app/middleware/guard.ts';
import { protect } from '../../../src/app/middleware/index.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

export type Stack = { url: string; guard: Guard; dataDir: string };

/** A guard whose end the test does not have to see to. */
export async function guardFor(options: ProtectOptions): Promise<{ guard: Guard; dataDir: string }> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const guard = await protect({ logger: createLogger('middleware'), ...options, dataDir });
  onTestFinished(() => guard.close());
  return { guard, dataDir };
}

export async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The same application on each stack: `answer` is what it does with every request that gets to it. */
export const STACKS = ['express', 'express4', 'fastify', 'node'] as const;

export async function startStack(
  name: (typeof STACKS)[number],
  options: ProtectOptions,
  answer: RequestListener,
): Promise<Stack> {
  const { guard, dataDir } = await guardFor(options);
  return { url: await start(name, guard, answer), guard, dataDir };
}

async function start(name: (typeof STACKS)[number], guard: Guard, answer: RequestListener): Promise<string> {
  if (name === 'fastify') {
    const fastify = Fastify();
    await fastify.register(guard.fastify);
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    fastify.all('/*', (request, reply) => {
      reply.hijack();
      answer(request.raw, reply.raw as ServerResponse & { req: typeof request.raw });
    });
    onTestFinished(() => fastify.close());
    return await fastify.listen({ host: '127.0.0.1', port: 0 });
  }
  if (name === 'node') return listening(createServer((q, r) => guard.node(q, r, () => answer(q, r))));
  const app = name === 'express' ? express() : express4();
  app.use(guard.express);
  app.use((request, response) => answer(request, response));
  return listening(createServer(app));
}
