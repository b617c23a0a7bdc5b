import { z } from 'zod';
import { Settings, SettingsPatch, SettingsSaved } from '../../contracts/api/settings.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { MoreSettings } from './more-settings.ts';

const Id = z.object({ id: z.string().max(64) });
const tags = ['services'];
const read = { access: 'read' as const };
const change = { access: 'change' as const };
const patch = { params: Id, body: SettingsPatch, response: { 200: SettingsSaved } };

export function moreSettingsRoutes(more: MoreSettings): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/services/:id/settings',
      {
        config: read,
        schema: { summary: 'What else is set for a service', tags, params: Id, response: { 200: Settings } },
      },
      (request) => more.ofService(request.params.id),
    );
    api.patch(
      '/api/services/:id/settings',
      { config: change, schema: { summary: 'Change what else is set for a service', tags, ...patch } },
      (request) => more.changeService(request.actor, request.params.id, request.body),
    );
    api.get(
      '/api/routes/:id/settings',
      {
        config: read,
        schema: { summary: 'What else is set for a route', tags, params: Id, response: { 200: Settings } },
      },
      (request) => more.ofRoute(request.params.id),
    );
    api.patch(
      '/api/routes/:id/settings',
      { config: change, schema: { summary: 'Change what else is set for a route', tags, ...patch } },
      (request) => more.changeRoute(request.actor, request.params.id, request.body),
    );
  };
}
