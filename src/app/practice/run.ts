import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseConfig, toYaml } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { createApiKey, hashApiKey } from '../../platform/api-key.ts';
import { withInstallation } from '../client/installation.ts';
import { type DataPaths, dataPaths, makePrivateFolder } from '../paths.ts';
import { readSettings } from '../settings.ts';
import { type LogFile, openLogFile } from '../supervisor/log-file.ts';
import { startInstallation } from '../supervisor/start.ts';
import { type PracticeProgram, startPracticeProgram } from './practice-program.ts';

export type PracticeOptions = { data?: string; console?: string; gateway?: string };

/** The consumer of practice/nightlatch.yaml in whose name the practice traffic calls. */
const CALLER = 'web-shop';

/**
 * Everything that `start` runs, with a data folder of its own, the practice shop behind the gateway and a little traffic.
 * Needs no set-up before: the front door is open for the practice shop at once. Resolves with the exit code.
 */
export async function runPractice(options: PracticeOptions): Promise<number> {
  const paths = dataPaths(options.data ?? join(dataPaths(undefined).folder, 'practice'));
  const settings = readSettings(paths, options);
  makePrivateFolder(paths.folder);
  const log = openLogFile(paths.logs, 'practice');
  return startInstallation({
    paths,
    settings,
    practice: true,
    onReady: async ({ gateway }) => {
      const shop = startPracticeProgram('main', ['--port', '0', '--json'], log);
      try {
        return await openShop(paths, gateway, shop, log);
      } catch (error) {
        await shop.stop();
        throw error;
      }
    },
  });
}

async function openShop(
  paths: DataPaths,
  gateway: string,
  shop: PracticeProgram,
  log: LogFile,
): Promise<() => Promise<void>> {
  const { url } = z.object({ url: z.url() }).parse(JSON.parse(await shop.firstLine()));
  const key = createApiKey();
  const yaml = toYaml(practiceConfig(url, key));
  await withInstallation(paths, (installation) => installation.importConfig(yaml));
  const traffic = startPracticeProgram('traffic', ['--base', gateway, '--key', key, '--attacks'], log);
  process.stdout.write(
    `\nThe practice shop runs behind the gateway, and a little traffic with a few harmless attacks is on its way.\nTry it yourself:\n  curl ${gateway}/api/customers/1\n  curl -H "X-API-Key: ${key}" ${gateway}/api/customers/1\n\n`,
  );
  return async () => {
    await Promise.all([traffic.stop(), shop.stop()]);
    log.close();
  };
}

/** practice/nightlatch.yaml with the shop where it runs now and a fresh key. The control plane says where gateways listen. */
function practiceConfig(upstream: string, key: string): GatewayConfig {
  // The built package has the shop beside the compiled sources.
  const file = fileURLToPath(new URL('../../../practice/nightlatch.yaml', import.meta.url));
  const parsed = parseConfig(readFileSync(file, 'utf8'), { file });
  if ('faults' in parsed) throw new Error(`${file}: ${parsed.faults[0]?.message}`);
  const { server: _, ...config } = parsed.config;
  return {
    ...config,
    services: config.services.map((service) => ({ ...service, upstream })),
    consumers: (config.consumers ?? []).map((consumer) =>
      consumer.name === CALLER ? { ...consumer, keys: [freshKey(key)] } : consumer,
    ),
  };
}

function freshKey(key: string) {
  return { id: `practice-${randomBytes(4).toString('hex')}`, hash: `sha256:${hashApiKey(key)}` };
}
