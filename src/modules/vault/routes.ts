import { z } from 'zod';
import {
  Consumer,
  ConsumerInput,
  ConsumerPatch,
  ConsumerSaved,
  Key,
  KeyCreated,
  KeyRequest,
  KeySaved,
  Removed,
} from '../../contracts/api/front-door.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Vault } from './service.ts';

const KeyId = z.object({ id: z.string().max(200) });
const ConsumerName = z.object({ name: z.string().max(200) });
const tags = ['keys'];
const read = { access: 'read' as const };
const change = { access: 'change' as const };

export function vaultRoutes(vault: Vault): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/keys',
      {
        config: read,
        schema: { summary: 'Keys, newest first', tags, response: { 200: z.object({ items: z.array(Key) }) } },
      },
      async () => ({ items: await vault.keys() }),
    );
    api.post(
      '/api/keys',
      {
        config: change,
        schema: { summary: 'Make a key; it is shown once', tags, body: KeyRequest, response: { 201: KeyCreated } },
      },
      async (request, reply) => {
        const created = await vault.createKey(request.actor, request.body);
        return reply.code(201).header('cache-control', 'no-store').send(created);
      },
    );
    api.delete(
      '/api/keys/:id',
      { config: change, schema: { summary: 'Revoke a key', tags, params: KeyId, response: { 200: KeySaved } } },
      (request) => vault.revokeKey(request.actor, request.params.id),
    );
    api.get(
      '/api/consumers',
      {
        config: read,
        schema: { summary: 'Who holds keys', tags, response: { 200: z.object({ items: z.array(Consumer) }) } },
      },
      async () => ({ items: await vault.consumers() }),
    );
    api.post(
      '/api/consumers',
      {
        config: change,
        schema: { summary: 'Add a consumer', tags, body: ConsumerInput, response: { 201: ConsumerSaved } },
      },
      async (request, reply) => reply.code(201).send(await vault.addConsumer(request.actor, request.body)),
    );
    api.patch(
      '/api/consumers/:name',
      {
        config: change,
        schema: {
          summary: 'Change a consumer',
          tags,
          params: ConsumerName,
          body: ConsumerPatch,
          response: { 200: ConsumerSaved },
        },
      },
      (request) => vault.changeConsumer(request.actor, request.params.name, request.body),
    );
    api.delete(
      '/api/consumers/:name',
      {
        config: change,
        schema: { summary: 'Remove a consumer and its keys', tags, params: ConsumerName, response: { 200: Removed } },
      },
      async (request) => ({ change: await vault.removeConsumer(request.actor, request.params.name) }),
    );
  };
}
