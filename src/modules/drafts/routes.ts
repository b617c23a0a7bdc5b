import { z } from 'zod';
import { DraftsReport, GATEWAY_PROTOCOL } from '../../contracts/protocol/gateway-protocol.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Drafts } from './service.ts';

export function draftsRoutes(drafts: Drafts): ApiPlugin {
  return async (api) => {
    api.post(
      GATEWAY_PROTOCOL.drafts,
      {
        bodyLimit: GATEWAY_PROTOCOL.maxBatchBytes,
        config: { access: 'gateway' },
        schema: {
          summary: 'What calls and answers looked like at a gateway',
          tags: ['gateway'],
          body: DraftsReport,
          response: { 200: z.object({}) },
        },
      },
      async (request) => {
        await drafts.reported(request.body);
        return {};
      },
    );
    api.get(
      '/api/drafts/openapi',
      {
        config: { access: 'read' },
        schema: {
          summary: 'An OpenAPI description of a service, drafted from what was seen',
          tags: ['drafts'],
          querystring: z.object({ service: z.string().max(200) }),
          response: { 200: z.record(z.string(), z.unknown()) },
        },
      },
      (request) => drafts.openapi(request.query.service),
    );
  };
}
