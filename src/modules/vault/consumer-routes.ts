import { z } from 'zod';
import { PasswordMade, PasswordRequest, Settings, SettingsPatch, SettingsSaved } from '../../contracts/api/settings.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { ConsumerSettings } from './consumer-settings.ts';

const Consumer = z.object({ name: z.string().max(200) });
const User = Consumer.extend({ username: z.string().max(200) });
const tags = ['keys'];

export function consumerSettingsRoutes(settings: ConsumerSettings): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/consumers/:name/settings',
      {
        config: { access: 'read' },
        schema: { summary: 'What else is known of a consumer', tags, params: Consumer, response: { 200: Settings } },
      },
      (request) => settings.read(request.params.name),
    );
    api.patch(
      '/api/consumers/:name/settings',
      {
        config: { access: 'change' },
        schema: {
          ...{ summary: 'Change attributes and certificates', tags },
          ...{ params: Consumer, body: SettingsPatch, response: { 200: SettingsSaved } },
        },
      },
      (request) => settings.change(request.actor, request.params.name, request.body),
    );
    api.post(
      '/api/consumers/:name/passwords',
      {
        config: { access: 'change' },
        schema: {
          ...{ summary: 'Make a password for a user name; it is shown once', tags },
          ...{ params: Consumer, body: PasswordRequest, response: { 201: PasswordMade } },
        },
      },
      async (request, reply) => {
        const made = await settings.makePassword(request.actor, request.params.name, request.body);
        return reply.code(201).header('cache-control', 'no-store').send(made);
      },
    );
    api.delete(
      '/api/consumers/:name/passwords/:username',
      {
        config: { access: 'change' },
        schema: { summary: 'End a user name', tags, params: User, response: { 200: SettingsSaved } },
      },
      (request) => settings.removePassword(request.actor, request.params.name, request.params.username),
    );
  };
}
