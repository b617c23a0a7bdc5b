import { z } from 'zod';
import {
  Consumer,
  ConsumerInput,
  ConsumerPatch,
  ConsumerSaved,
  Key,
  KeyCreated,
  KeyLeaked,
  KeyLeakedRequest,
  KeyReplaced,
  KeyReplaceRequest,
  KeyRequest,
  KeySaved,
  Removed,
} from '../../contracts/api/front-door.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Vault } from './vault.ts';

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
    api.post(
      '/api/keys/:id/replace',
      {
        config: change,
        schema: {
          ...{ summary: 'Make a new key for the same caller; the old one goes on for a while', tags },
          ...{ params: KeyId, body: KeyReplaceRequest, response: { 201: KeyReplaced } },
        },
      },
      async (request, reply) => {
        const replaced = await vault.replaceKey(request.actor, request.params.id, request.body.overlapHours);
        return reply.code(201).header('cache-control', 'no-store').send(replaced);
      },
    );
    api.post(
      '/api/keys/:id/leaked',
      {
        config: change,
        schema: {
          ...{ summary: 'End a key that strangers have seen, at once, and make a new one for it', tags },
          ...{ params: KeyId, body: KeyLeakedRequest, response: { 200: KeyLeaked } },
        },
      },
      async (request, reply) => {
        const ended = await vault.endLeakedKey(request.actor, request.params.id, request.body.replace);
        return reply.header('cache-control', 'no-store').send(ended);
      },
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
