import { z } from 'zod';
import {
  ConfigApplied,
  ConfigApplyRequest,
  ConfigPlan,
  ConfigPlanRequest,
  RevisionRestored,
  Revisions,
} from '../../contracts/api/configuration.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Configuration } from './configuration.ts';

const tags = ['front door'];
const read = { access: 'read' as const };
const change = { access: 'change' as const };

export function configurationRoutes(configuration: Configuration): ApiPlugin {
  return async (api) => {
    api.post(
      '/api/config/plan',
      {
        bodyLimit: MOST_CONFIG_BYTES,
        // A file that is only looked at may hold hashes of keys: whoever may not change things has none.
        config: change,
        schema: {
          summary: 'What a configuration would change, and whom it would have turned away',
          tags,
          body: ConfigPlanRequest,
          response: { 200: ConfigPlan },
        },
      },
      (request, reply) => {
        // Who asked has gone away: nobody reads the answer.
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        return configuration.plan(request.body, AbortSignal.any([gone.signal, api.closing]));
      },
    );
    api.post(
      '/api/config/apply',
      {
        bodyLimit: MOST_CONFIG_BYTES,
        config: change,
        schema: {
          summary: 'Put a configuration in force, see that it works, else go back',
          tags,
          body: ConfigApplyRequest,
          response: { 200: ConfigApplied },
        },
      },
      (request) => configuration.apply(request.actor, request.body.yaml, request.body.probe),
    );
    api.get(
      '/api/config/revisions',
      { config: read, schema: { summary: 'The last revisions, newest first', tags, response: { 200: Revisions } } },
      async () => ({ items: await configuration.revisions() }),
    );
    api.post(
      '/api/config/revisions/:revision/restore',
      {
        config: change,
        schema: {
          summary: 'Bring the rules of a revision back',
          tags,
          params: z.object({ revision: z.coerce.number().int().min(0) }),
          response: { 200: RevisionRestored },
        },
      },
      (request) => configuration.restore(request.actor, request.params.revision),
    );
  };
}

/** The configuration itself may have five million characters; in JSON each may take more than one byte. */
const MOST_CONFIG_BYTES = 12 * 1024 * 1024;
