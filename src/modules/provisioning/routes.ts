import {
  ConfigImportRequest,
  ConfigImportResult,
  FrontDoorState,
  LockRequest,
  LockSaved,
  LockState,
} from '../../contracts/api/front-door.ts';
import {
  GATEWAY_PROTOCOL,
  GatewayStatusReceipt,
  GatewayStatusReport,
} from '../../contracts/protocol/gateway-protocol.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Provisioning } from './service.ts';

const tags = ['front door'];
const read = { access: 'read' as const };
const change = { access: 'change' as const };
const gateway = { access: 'gateway' as const };

export function provisioningRoutes(provisioning: Provisioning): ApiPlugin {
  return async (api) => {
    api.get(
      GATEWAY_PROTOCOL.snapshot,
      { config: gateway, schema: { summary: 'What a gateway runs on; waits for the next', tags: ['gateway'] } },
      async (request, reply) => {
        const known = /^"(\d{1,15})"$/.exec(request.headers['if-none-match'] ?? '')?.[1];
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const signal = AbortSignal.any([gone.signal, api.closing]);
        const waitMs = known === undefined ? 0 : waitOf(request.headers.prefer) * 1000;
        const next = await provisioning.nextSnapshot(known === undefined ? null : Number(known), waitMs, signal);
        if (next === null) return reply.code(304).header('etag', `"${known}"`).send();
        return reply
          .header('etag', `"${next.revision}"`)
          .header('cache-control', 'no-store')
          .type('application/json')
          .send(next.text);
      },
    );
    api.post(
      GATEWAY_PROTOCOL.status,
      {
        config: gateway,
        schema: {
          summary: 'What a gateway runs',
          tags: ['gateway'],
          body: GatewayStatusReport,
          response: { 200: GatewayStatusReceipt },
        },
      },
      async (request) => {
        await provisioning.reported(request.body);
        return { spared: [...provisioning.spared()] };
      },
    );
    api.get(
      '/api/front-door',
      { config: read, schema: { summary: 'Gateways and the lock', tags, response: { 200: FrontDoorState } } },
      () => provisioning.state(),
    );
    api.get(
      '/api/lock',
      { config: read, schema: { summary: 'The emergency lock', tags, response: { 200: LockState } } },
      () => provisioning.lockState(),
    );
    api.post(
      '/api/lock',
      {
        config: change,
        schema: { summary: 'Close routes or everything', tags, body: LockRequest, response: { 200: LockSaved } },
      },
      (request) => provisioning.lock(request.actor, request.body),
    );
    api.delete(
      '/api/lock',
      { config: change, schema: { summary: 'Open everything again', tags, response: { 200: LockSaved } } },
      (request) => provisioning.unlock(request.actor),
    );
    api.get(
      '/api/config',
      { config: read, schema: { summary: 'The configuration as YAML, keys as hashes', tags } },
      async (_request, reply) =>
        reply
          .type('application/yaml; charset=utf-8')
          .header('cache-control', 'no-store')
          .send(await provisioning.exportYaml()),
    );
    api.put(
      '/api/config',
      {
        bodyLimit: MOST_CONFIG_BYTES,
        config: change,
        schema: {
          summary: 'Put a configuration in the place of the one in force',
          tags,
          body: ConfigImportRequest,
          response: { 200: ConfigImportResult },
        },
      },
      (request) => provisioning.importYaml(request.actor, request.body.yaml),
    );
  };
}

/** `Prefer: wait=20` (RFC 7240 §4.3), in seconds. */
function waitOf(prefer: string | string[] | undefined): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})"?/i.exec(String(prefer ?? ''))?.[1];
  return Math.min(Number(seconds ?? 0), GATEWAY_PROTOCOL.maxWaitSeconds);
}

/** The configuration itself may have five million characters; in JSON each may take more than one byte. */
const MOST_CONFIG_BYTES = 12 * 1024 * 1024;
