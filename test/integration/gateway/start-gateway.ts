import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { compileSnapshot } from '../../../src/configuration/index.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { GatewayEvent } from '../../../src/contracts/events/gateway-event.ts';
import type { SnapshotLock } from '../../../src/contracts/snapshot/snapshot-lock.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../../src/gateway/index.ts';
import { createApiKey } from '../../../src/platform/api-key.ts';
import type { Clock } from '../../../src/platform/clock.ts';
import type { LookupAll } from '../../../src/platform/http/guarded-lookup.ts';
import { createLogger, type Logger } from '../../../src/platform/logger.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

type ConfigInput = Omit<GatewayConfig, 'version'>;

export type RunningGateway = {
  url: string;
  port: number;
  gateway: Gateway;
  dataDir: string;
  apply(config: ConfigInput, lock?: SnapshotLock | null): Promise<void>;
  /** What stands in the spool, in order. */
  events(): GatewayEvent[];
};

/** A key, and the configuration lines that go with it. */
export function keyFor(id = 'k1', extra: Record<string, unknown> = {}) {
  const secret = createApiKey();
  return { secret, config: { id, hash: `sha256:${createHash('sha256').update(secret).digest('hex')}`, ...extra } };
}

type Options = {
  dataDir?: string;
  clock?: Clock;
  logger?: Logger;
  vendorLookup?: LookupAll;
  acme?: NonNullable<GatewayOptions['acme']>;
};

/** The real gateway in this process, on a free port unless the configuration says where. */
export async function startGateway(config: ConfigInput, options: Options = {}): Promise<RunningGateway> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const gateway = await createGateway({ logger: createLogger('gateway'), ...options, dataDir, version: 'test' });
  let revision = 0;
  const listen = ['127.0.0.1:0'];
  const apply = async (next: ConfigInput, lock: SnapshotLock | null = null) => {
    revision++;
    const server = { listen, ...next.server };
    await gateway.apply(compileSnapshot(GatewayConfig.parse({ version: 1, ...next, server }), { revision, lock }));
  };
  await apply(config);
  const url = gateway.addresses()[0] ?? '';
  onTestFinished(() => gateway.drain(200));
  return {
    url,
    port: Number(new URL(url).port),
    gateway,
    dataDir,
    apply,
    events: () => readEvents(dataDir),
  };
}

export function readEvents(dataDir: string): GatewayEvent[] {
  const folder = join(dataDir, 'spool');
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1))
    .map((line) => JSON.parse(line) as GatewayEvent);
}
