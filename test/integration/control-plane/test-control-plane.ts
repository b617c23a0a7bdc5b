import { openCaseFolder } from '../../../src/app/inspect/case-folder.ts';
import { compileSnapshot, routeId } from '../../../src/configuration/index.ts';
import type { ActivityEvent } from '../../../src/contracts/api/activity.ts';
import type { Change, Key, LockState, Route, Service } from '../../../src/contracts/api/front-door.ts';
import type { Announcements } from '../../../src/contracts/events/announcements.ts';
import { GATEWAY_PROTOCOL, type GatewayStatusReport } from '../../../src/contracts/protocol/gateway-protocol.ts';
import type { GatewaySnapshot } from '../../../src/contracts/snapshot/gateway-snapshot.ts';
import { createForesight } from '../../../src/gateway/foresight/foresee.ts';
import { activityMigrations, activityRoutes, createActivity } from '../../../src/modules/activity/index.ts';
import { createDrafts, draftsMigrations, draftsRoutes } from '../../../src/modules/drafts/index.ts';
import {
  createInventory,
  createMoreSettings,
  inventoryMigrations,
  inventoryRoutes,
  moreSettingsRoutes,
  probeUpstream,
} from '../../../src/modules/inventory/index.ts';
import {
  attackRoutes,
  configurationRoutes,
  createAttackExclusions,
  createConfiguration,
  createGatewaySettings,
  createProvisioning,
  protectionsRoutes,
  provisioningMigrations,
  provisioningRoutes,
  settingsRoutes,
} from '../../../src/modules/provisioning/index.ts';
import {
  consumerSettingsRoutes,
  createConsumerSettings,
  createVault,
  type Vault,
  vaultMigrations,
  vaultRoutes,
} from '../../../src/modules/vault/index.ts';
import { EventBus } from '../../../src/platform/event-bus.ts';
import type { ApiPlugin } from '../../../src/platform/http/api-plugin.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { GATEWAY_TOKEN, startTestApi, type TestApi, type TestParts } from '../api/test-api.ts';

/** All that answers may hold; a test that looks at what is not there fails by itself. */
export type Body = {
  service: Service;
  route: Route;
  key: Key;
  secret: string;
  change: Change;
  lock: LockState;
  items: Record<string, unknown>[];
  events: ActivityEvent[];
  gateways: unknown[];
  code: string;
  detail: string;
  faults: { place: string; message: string }[];
};

export type ControlPlane = TestApi & {
  /** An API call with a JSON body; the parsed answer. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }>;
  /** The configuration as the API exports it. */
  exportYaml(): Promise<string>;
  gateway: FakeGateway;
};

export type FakeGateway = {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  snapshot(
    known?: string,
    waitSeconds?: number,
  ): Promise<{ status: number; etag: string | null; snapshot: GatewaySnapshot }>;
  report(appliedRevision: number | null, more?: Partial<GatewayStatusReport>): Promise<void>;
};

export const LISTEN = '127.0.0.1:8080';

/** The whole control plane behind a real listening server, as the composition root puts it together. */
export async function startControlPlane(listen: string = LISTEN): Promise<ControlPlane> {
  let vault: Vault | undefined;
  const api = await startTestApi({
    migrations: [
      ...[...inventoryMigrations, ...vaultMigrations, ...provisioningMigrations, ...activityMigrations],
      ...draftsMigrations,
    ],
    plugins: (parts) => [plugAll(parts, listen, (made) => (vault = made))],
  });
  const send = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${GATEWAY_TOKEN}`);
    return fetch(api.url + path, { ...init, headers });
  };
  return {
    ...api,
    close: async () => {
      await api.server.close();
      await vault?.close();
      await api.close();
    },
    call: async (method, path, body) => {
      const json =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await api.fetch(path, { method, ...json });
      return { status: answer.status, body: (await answer.json()) as Body };
    },
    exportYaml: async () => (await api.fetch('/api/config')).text(),
    gateway: {
      fetch: send,
      snapshot: async (known, waitSeconds = 0) => {
        const headers: Record<string, string> = known === undefined ? {} : { 'if-none-match': known };
        if (waitSeconds > 0) headers.prefer = `wait=${waitSeconds}`;
        const answer = await send(GATEWAY_PROTOCOL.snapshot, { headers });
        const text = await answer.text();
        const snapshot =
          text === '' ? compileSnapshot({ version: 1, services: [] }, { revision: 0, lock: null }) : JSON.parse(text);
        return { status: answer.status, etag: answer.headers.get('etag'), snapshot };
      },
      report: async (appliedRevision, more = {}) => {
        const report: GatewayStatusReport = {
          ...{
            gateway: 'gw1',
            startedAt: 1,
            version: '0',
            addresses: [`http://${LISTEN}`],
            appliedRevision,
            refused: null,
            closed: [],
            certificateExpiresAt: null,
          },
          spool: { pendingEvents: 0, bytes: 0, droppedEvents: 0 },
          ...more,
        };
        const init = { method: 'POST', body: JSON.stringify(report), headers: { 'content-type': 'application/json' } };
        const answer = await send(GATEWAY_PROTOCOL.status, init);
        if (answer.status !== 200) throw new Error(`status was not taken: ${await answer.text()}`);
      },
    },
  };
}

function plugAll(parts: TestParts, listen: string, made: (vault: Vault) => void): ApiPlugin {
  const { database, audit, clock, logger } = parts;
  const bus = new EventBus<Announcements>((error) => logger.error({ err: error }, 'listener failed'));
  return async (api) => {
    const spared = parts.accounts.signedInFrom;
    const provisioning = await createProvisioning({ database, audit, clock, server: { listen: [listen] }, spared });
    const { applyChange } = provisioning;
    const inventory = createInventory({ database, audit, clock, applyChange, routeId });
    const vault = createVault({ database, audit, clock, logger, bus, applyChange });
    made(vault);
    const lookups = { routeScopes: inventory.routeScopes, keyScopes: vault.keyScopes };
    const activity = createActivity({ database, clock, logger, bus, lookups });
    const configuration = createConfiguration({
      ...{ database, audit, clock, provisioning, fixed: { listen: [listen] }, probe: probeUpstream },
      foresee: createForesight,
      replay: activity.replay,
    });
    const cases = openCaseFolder(temporaryFolder());
    const plugins = [
      inventoryRoutes(inventory),
      moreSettingsRoutes(createMoreSettings({ database, audit, applyChange })),
      vaultRoutes(vault),
      consumerSettingsRoutes(createConsumerSettings({ database, audit, applyChange })),
      provisioningRoutes(provisioning),
      configurationRoutes(configuration),
      settingsRoutes(createGatewaySettings({ database, audit, clock, applyChange, fixed: { listen: [listen] } })),
      attackRoutes(createAttackExclusions({ database, audit, clock, applyChange, findCall: activity.find, cases })),
      protectionsRoutes({ database, clock, decisions: activity.decisions }),
      activityRoutes(activity),
      draftsRoutes(createDrafts({ database, clock })),
    ];
    for (const plugin of plugins) await api.register(plugin);
  };
}
