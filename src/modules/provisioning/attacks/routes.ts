import { z } from 'zod';
import {
  Exclusion,
  ExclusionRequest,
  ExclusionSaved,
  HonestCall,
  HonestCallRequest,
  HonestCallSaved,
} from '../../../contracts/api/attacks.ts';
import { Removed } from '../../../contracts/api/front-door.ts';
import type { ApiPlugin } from '../../../platform/http/api-plugin.ts';
import type { AttackExclusions } from './exclusions.ts';

const tags = ['front door'];

export function attackRoutes(exclusions: AttackExclusions): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/attack-exclusions',
      {
        config: { access: 'read' },
        schema: {
          summary: 'What the attack filter does not stop',
          tags,
          response: { 200: z.object({ items: z.array(Exclusion) }) },
        },
      },
      async () => ({ items: await exclusions.list() }),
    );
    api.post(
      '/api/attack-exclusions',
      {
        config: { access: 'change' },
        schema: { summary: 'Exclude a field', tags, body: ExclusionRequest, response: { 201: ExclusionSaved } },
      },
      async (request, reply) => reply.code(201).send(await exclusions.add(request.actor, request.body)),
    );
    api.delete(
      '/api/attack-exclusions/:id',
      {
        config: { access: 'change' },
        schema: {
          summary: 'End an exclusion',
          tags,
          params: z.object({ id: z.string().max(64) }),
          response: { 200: Removed },
        },
      },
      async (request) => ({ change: await exclusions.remove(request.actor, request.params.id) }),
    );
    api.get(
      '/api/honest-calls',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Calls that were said to be honest',
          tags,
          response: { 200: z.object({ items: z.array(HonestCall) }) },
        },
      },
      async () => ({ items: exclusions.listHonest() }),
    );
    api.post(
      '/api/honest-calls',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Say that a call was honest',
          tags,
          body: HonestCallRequest,
          response: { 201: HonestCallSaved },
        },
      },
      async (request, reply) => reply.code(201).send(await exclusions.addHonest(request.actor, request.body)),
    );
    api.delete(
      '/api/honest-calls/:reference',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Keep it no longer',
          tags,
          params: z.object({ reference: z.string().max(64) }),
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        await exclusions.removeHonest(request.actor, request.params.reference);
        return reply.code(204).send();
      },
    );
  };
}
