import { Protections, ProtectionsQuery } from '../../../contracts/api/protections.ts';
import type { ApiPlugin } from '../../../platform/http/api-plugin.ts';
import { type ProtectionsDeps, readProtections } from './read-protections.ts';

export function protectionsRoutes(deps: ProtectionsDeps): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/protections',
      {
        config: { access: 'read' },
        schema: {
          summary: 'What protects, what only watches, and what it would have stopped',
          tags: ['front door'],
          querystring: ProtectionsQuery,
          response: { 200: Protections },
        },
      },
      (request) => readProtections(deps, request.query.days),
    );
  };
}
