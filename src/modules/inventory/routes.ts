import { z } from 'zod';
import {
  ProbeRequest,
  ProbeResult,
  Removed,
  Route,
  RouteInput,
  RouteSaved,
  ScopeInUse,
  Service,
  ServiceInput,
  ServicePatch,
  ServiceSaved,
} from '../../contracts/api/front-door.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import { probeUpstream } from './probe.ts';
import type { Inventory } from './service.ts';

const Id = z.object({ id: z.string().max(64) });
const tags = ['services'];
const read = { access: 'read' as const };
const change = { access: 'change' as const };

export function inventoryRoutes(inventory: Inventory): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/services',
      {
        config: read,
        schema: { summary: 'Services', tags, response: { 200: z.object({ items: z.array(Service) }) } },
      },
      async () => ({ items: await inventory.services() }),
    );
    api.post(
      '/api/services',
      {
        config: change,
        schema: { summary: 'Connect a service', tags, body: ServiceInput, response: { 201: ServiceSaved } },
      },
      async (request, reply) => reply.code(201).send(await inventory.addService(request.actor, request.body)),
    );
    api.post(
      '/api/services/probe',
      {
        config: change,
        schema: { summary: 'Does something answer there?', tags, body: ProbeRequest, response: { 200: ProbeResult } },
      },
      (request) => probeUpstream(request.body.upstream),
    );
    api.patch(
      '/api/services/:id',
      {
        config: change,
        schema: { summary: 'Change a service', tags, params: Id, body: ServicePatch, response: { 200: ServiceSaved } },
      },
      (request) => inventory.changeService(request.actor, request.params.id, request.body),
    );
    api.delete(
      '/api/services/:id',
      {
        config: change,
        schema: { summary: 'Remove a service and its routes', tags, params: Id, response: { 200: Removed } },
      },
      async (request) => ({ change: await inventory.removeService(request.actor, request.params.id) }),
    );
    api.get(
      '/api/services/:id/routes',
      {
        config: read,
        schema: {
          summary: 'Routes of a service',
          tags,
          params: Id,
          response: { 200: z.object({ items: z.array(Route) }) },
        },
      },
      async (request) => ({ items: await inventory.routes(request.params.id) }),
    );
    api.post(
      '/api/services/:id/routes',
      {
        config: change,
        schema: { summary: 'Add a route', tags, params: Id, body: RouteInput, response: { 201: RouteSaved } },
      },
      async (request, reply) =>
        reply.code(201).send(await inventory.addRoute(request.actor, request.params.id, request.body)),
    );
    api.patch(
      '/api/routes/:id',
      {
        config: change,
        schema: {
          summary: 'Change a route',
          tags,
          params: Id,
          body: RouteInput.partial(),
          response: { 200: RouteSaved },
        },
      },
      (request) => inventory.changeRoute(request.actor, request.params.id, request.body),
    );
    api.delete(
      '/api/routes/:id',
      { config: change, schema: { summary: 'Remove a route', tags, params: Id, response: { 200: Removed } } },
      async (request) => ({ change: await inventory.removeRoute(request.actor, request.params.id) }),
    );
    api.get(
      '/api/scopes',
      {
        config: read,
        schema: {
          summary: 'Permissions that routes ask for',
          tags,
          response: { 200: z.object({ items: z.array(ScopeInUse) }) },
        },
      },
      async () => ({ items: await inventory.scopes() }),
    );
  };
}
