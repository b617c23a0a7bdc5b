import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayConfig } from '../../src/contracts/config/gateway-config.ts';
import { hashApiKey } from '../../src/platform/api-key.ts';
import { freePort } from '../../test/fixtures/free-port.ts';
import { type Program, removeFolder, startProgram, temporaryFolder } from '../processes.ts';
import { CONSUMER, GET_PATH, KEY, POST_PATH } from './shop.ts';
import { type RunningTarget, type Target, untilAnswers } from './target.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'nightlatch');

/** Counted for every request and never reached: a refusal would be cheaper than the request it replaces. */
export const LIMIT = { key: 'consumer', quota: 1_000_000, window: '10s' } as const;

type Options = {
  id: string;
  label: string;
  /** Without `server.listen`, which is added. */
  config: (upstream: string) => GatewayConfig;
  /** For Node, before the program. */
  nodeArgs?: readonly string[];
  /** Folder in which the data folder is made; it chooses the disk. */
  disk?: string;
  /** False for a gateway whose recorder was taken out. */
  records?: boolean;
};

/** Our gateway as an owner runs it: the real command line program on a configuration file. */
export function nightlatchTarget({ id, label, config, nodeArgs = [], disk, records = true }: Options): Target {
  return {
    id,
    label,
    async start(upstreamPort) {
      const folder = temporaryFolder(disk);
      const gateway = await startGateway(folder, config(`http://127.0.0.1:${upstreamPort}`), { nodeArgs });
      const stop = async () => {
        await gateway.program.stop();
        removeFolder(folder);
      };
      const recorded = records ? gateway.recorded : null;
      return { port: gateway.port, pids: [gateway.program.pid], recorded, stop };
    },
  };
}

/** The gateway with a key, limits for the address and the consumer, and the record. */
export const nightlatch = nightlatchTarget({
  id: 'nightlatch',
  label: 'Nightlatch gateway',
  config: shopConfig,
});

/** The same, holding each order against an API description. */
export const nightlatchDescribed = nightlatchTarget({
  id: 'nightlatch-openapi',
  label: 'Nightlatch gateway, body held against OpenAPI',
  config(upstream) {
    const config = shopConfig(upstream);
    const openapi = { inline: DESCRIPTION, mode: 'enforce', routes: 'validate-only' } as const;
    return { ...config, services: config.services.map((service) => ({ ...service, openapi })) };
  },
});

const DESCRIPTION = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    [POST_PATH]: {
      post: {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
        },
        responses: { 200: { description: 'Done' } },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: 'object',
        required: ['customer', 'lines'],
        additionalProperties: false,
        properties: {
          customer: { type: 'integer' },
          currency: { type: 'string', pattern: '^[A-Z]{3}$' },
          lines: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Line' } },
        },
      },
      Line: {
        type: 'object',
        required: ['article', 'quantity', 'price'],
        additionalProperties: false,
        properties: {
          article: { type: 'string', pattern: '^[A-Z]-[0-9]+$', maxLength: 20 },
          text: { type: 'string', maxLength: 200 },
          quantity: { type: 'integer', minimum: 1 },
          price: { type: 'number', minimum: 0 },
        },
      },
    },
  },
};

export function shopConfig(upstream: string): GatewayConfig {
  const rateLimit = [{ ...LIMIT, key: 'address' }, LIMIT];
  return {
    version: 1,
    defaults: { auth: 'required', mode: 'enforce' },
    services: [
      {
        name: 'shop',
        upstream,
        routes: [
          { match: { path: `${GET_PATH}{customerId}`, methods: ['GET'] }, rateLimit },
          { match: { path: POST_PATH, methods: ['POST'] }, rateLimit },
        ],
      },
    ],
    consumers: [{ name: CONSUMER, keys: [{ id: 'k1', hash: `sha256:${hashApiKey(KEY)}` }] }],
  };
}

export type StartedGateway = {
  program: Program;
  port: number;
  configFile: string;
  /** From the process's start until /readyz said yes, in milliseconds. */
  startMs: number;
  admin: string;
  recorded: NonNullable<RunningTarget['recorded']>;
};

type StartOptions = { nodeArgs?: readonly string[]; program?: string; env?: NodeJS.ProcessEnv };

/** Starts a gateway with its files in `folder` and waits until it is ready. */
export async function startGateway(
  folder: string,
  config: GatewayConfig,
  { nodeArgs = [], program: path = PROGRAM, env = {} }: StartOptions = {},
): Promise<StartedGateway> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const configFile = join(folder, 'nightlatch.yaml');
  const admin = `http://127.0.0.1:${adminPort}`;
  writeGatewayConfig(configFile, config, port);
  const data = join(folder, 'data');
  const args = ['gateway', '--config', configFile, '--data', data, '--admin', `127.0.0.1:${adminPort}`];
  const begun = performance.now();
  const program = await startProgram(process.execPath, [...nodeArgs, path, ...args], {
    env: { ...process.env, ...env },
  });
  await untilAnswers(`${admin}/readyz`, program, 200, 2);
  const startMs = performance.now() - begun;
  return { program, port, configFile, startMs, admin, recorded: () => metric(admin, 'nightlatch_spool_last_seq') };
}

/** JSON is YAML. */
export function writeGatewayConfig(file: string, config: GatewayConfig, port: number): void {
  writeFileSync(file, JSON.stringify({ ...config, server: { ...config.server, listen: [`127.0.0.1:${port}`] } }));
}

/** One figure of the gateway's own metrics. */
export async function metric(admin: string, name: string): Promise<number> {
  const text = await (await fetch(`${admin}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`the gateway has no metric ${name}`);
  return Number(value);
}
