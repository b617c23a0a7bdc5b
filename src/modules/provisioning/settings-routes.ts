import { z } from 'zod';
import { Removed } from '../../contracts/api/front-door.ts';
import {
  Exception,
  ExceptionRequest,
  ExceptionSaved,
  Settings,
  SettingsPatch,
  SettingsSaved,
  YourAddress,
} from '../../contracts/api/settings.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { GatewaySettings } from './settings.ts';

const tags = ['front door'];

export function settingsRoutes(settings: GatewaySettings): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/settings',
      {
        config: { access: 'read' },
        schema: { summary: 'What holds for the gateway as a whole', tags, response: { 200: Settings } },
      },
      () => settings.read(),
    );
    api.patch(
      '/api/settings',
      {
        config: { access: 'change' },
        schema: { summary: 'Change it, part by part', tags, body: SettingsPatch, response: { 200: SettingsSaved } },
      },
      (request) => settings.change(request.actor, request.body),
    );
    api.get(
      '/api/your-address',
      {
        config: { access: 'read' },
        schema: { summary: 'Where you come from, as seen from here', tags, response: { 200: YourAddress } },
      },
      async (request) => ({ address: plainAddress(request.ip) }),
    );
    api.get(
      '/api/exceptions',
      {
        config: { access: 'read' },
        schema: { summary: 'Exceptions', tags, response: { 200: z.object({ items: z.array(Exception) }) } },
      },
      async () => ({ items: await settings.exceptions() }),
    );
    api.post(
      '/api/exceptions',
      {
        config: { access: 'change' },
        schema: { summary: 'Make an exception', tags, body: ExceptionRequest, response: { 201: ExceptionSaved } },
      },
      async (request, reply) => reply.code(201).send(await settings.addException(request.actor, request.body)),
    );
    api.delete(
      '/api/exceptions/:id',
      {
        config: { access: 'change' },
        schema: {
          summary: 'End an exception',
          tags,
          params: z.object({ id: z.string().max(64) }),
          response: { 200: Removed },
        },
      },
      async (request) => ({ change: await settings.removeException(request.actor, request.params.id) }),
    );
  };
}

/** IPv4 callers of a socket that speaks IPv6 come as ::ffff:203.0.113.7. */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
