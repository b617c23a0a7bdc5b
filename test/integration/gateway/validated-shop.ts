import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { ValidationConfig } from '../../../src/contracts/config/validation-config.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from './start-gateway.ts';

const ORDER = {
  type: 'object',
  properties: {
    customer: { type: 'integer' },
    items: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        properties: { note: { type: 'string', maxLength: 5 }, count: { type: 'integer', minimum: 1 } },
        required: ['count'],
        additionalProperties: false,
      },
    },
  },
  required: ['customer'],
};
const VALIDATE: ValidationConfig = {
  mode: 'enforce',
  path: { properties: { id: { type: 'integer' } } },
  query: {
    properties: {
      page: { type: 'integer', minimum: 1 },
      tag: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    },
    additionalProperties: false,
  },
  headers: { properties: { 'X-Shop-Version': { type: 'integer' } }, required: ['X-Shop-Version'] },
  cookies: { properties: { visits: { type: 'integer' }, theme: { enum: ['light', 'dark'] } } },
};

/** A gateway in front of an echo, whose routes say what requests must look like. */
export async function shop(options: { mode?: 'monitor'; routeMode?: 'monitor' | 'off' } = {}) {
  const upstream = await startUpstream((request, response) => request.pipe(response));
  const mode = options.mode === undefined ? { mode: 'enforce' as const } : {};
  const config: Omit<GatewayConfig, 'version'> = {
    defaults: { auth: 'none', mode: options.routeMode ?? 'enforce' },
    // Another policy that would speak of the same calls.
    attackFilter: { mode: 'off' },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/orders' }, validate: { ...mode, body: ORDER }, limits: { body: '100KiB' } },
          { match: { path: '/customers/{id}' }, validate: { ...VALIDATE, ...mode } },
          {
            match: { path: '/contact', methods: ['POST'] },
            validate: {
              ...mode,
              form: {
                fields: {
                  email: { type: 'email', required: true },
                  name: { type: 'text', maxLength: 20, characters: 'letters' },
                  age: { type: 'integer', minimum: 18 },
                  born: { type: 'date' },
                },
              },
            },
          },
        ],
      },
    ],
  };
  const gateway = await startGateway(config);
  const call = (path: string, init: RequestInit = {}) => fetch(gateway.url + path, init);
  const post = (path: string, body: NonNullable<RequestInit['body']>, type = 'application/json', headers = {}) =>
    call(path, { method: 'POST', headers: { 'Content-Type': type, ...headers }, body });
  const lastEvent = () => gateway.gateway.snapshot() && (gateway.events().at(-1) as RequestEvent);
  return { upstream, gateway, config, call, post, lastEvent };
}

export type Problem = { code: string; faults?: { place: string; message: string }[] };
export const problemOf = async (response: Response) => (await response.json()) as Problem;
