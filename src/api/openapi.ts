import swagger from '@fastify/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../contracts/api/problem.ts';
import type { Access } from '../platform/http/api-plugin.ts';

/**
 * `GET /api/openapi.json`: the description of the whole API (OpenAPI 3.1), made from the routes' own schemas. A route without
 * a summary does not start, so that the description stays whole.
 */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  z.globalRegistry.add(Problem, { id: 'Problem' });
  app.addHook('onRoute', completeDescription);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Nightlatch control plane',
        version,
        description:
          'What the console uses, for scripts too. Faults are problem bodies (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'an API token: nlt_…' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'nightlatch_session',
            description: 'a browser that is signed in',
          },
          gateway: { type: 'http', scheme: 'bearer', description: 'the token of a gateway: nlg_…' },
        },
      },
    },
    transform: describeAnswers,
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, () => app.swagger());
}

/** Gives the answers words: without, the description would say "Default Response" everywhere. */
const describeAnswers: typeof jsonSchemaTransform = (document) => {
  const described = jsonSchemaTransform(document);
  const answers: Record<string, object> = { ...(described.schema?.response as Record<string, object>) };
  for (const [status, answer] of Object.entries(answers)) {
    const words = ANSWERS[status];
    if (words !== undefined && !('description' in answer)) answers[status] = { ...answer, [DESCRIPTION]: words };
  }
  if (!Object.keys(answers).some((status) => status.startsWith('2'))) answers['200'] = UNSHAPED;
  return described.schema.hide ? described : { ...described, schema: { ...described.schema, response: answers } };
};

function completeDescription(route: RouteOptions): void {
  const { schema } = route;
  if (schema?.hide === true) return;
  if (schema?.summary === undefined) {
    throw new Error(`route ${String(route.method)} ${route.url} lacks a summary`);
  }
  route.schema = {
    operationId: operationId(String(route.method), route.url),
    security: SECURITY[route.config?.access ?? 'public'],
    ...schema,
    response: { ...(schema.response as object | undefined), '4xx': PROBLEM, '5xx': PROBLEM },
  };
}

/** `GET /api/services/:id` → `getServicesById`. */
function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/api\//, '')
    .split(/[/.-]/)
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)));
  return method.toLowerCase() + words.join('');
}

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

// Read by @fastify/swagger and taken out of the description by it.
const DESCRIPTION = 'x-response-description';
const ANSWERS: Record<string, string> = { 200: 'what was asked for', 201: 'made', 202: 'taken on', 204: 'done' };
// A route that writes its answer itself (a stream, YAML, text made elsewhere) has no schema for it.
const UNSHAPED = { description: ANSWERS[200], content: { '*/*': { schema: {} } } };
const PROBLEM = {
  description: 'what is wrong, and what to do next',
  content: { 'application/problem+json': { schema: Problem } },
};
const SECURITY: Record<Access, readonly { [scheme: string]: readonly string[] }[]> = {
  public: [],
  read: [{ token: [] }, { session: [] }],
  change: [{ token: [] }, { session: [] }],
  gateway: [{ gateway: [] }],
};
