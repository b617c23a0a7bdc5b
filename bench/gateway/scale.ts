import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayConfig } from '../../src/contracts/config/gateway-config.ts';
import { createApiKey, hashApiKey } from '../../src/platform/api-key.ts';
import type { Load } from '../load/wrk.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { measuredTable } from '../report/measured-table.ts';
import type { Suite } from '../suite.ts';
import { LIMIT, nightlatchTarget } from '../targets/nightlatch.ts';
import { startUpstream } from '../targets/upstream.ts';
import { selected } from './selected.ts';
import { type Case, measureTargets } from './with-targets.ts';

const FEW = 10;
const MANY = 10_000;
const CEILING = 1.2;

/** Does the gateway stay as fast with very many routes and keys? Each request takes any route with any key. */
export const scaleSuite: Suite = {
  title: 'Many routes and keys',
  needs: ['proc', 'wrk', 'nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const cases = [
        sized(FEW, FEW, folder),
        sized(MANY, FEW, folder),
        sized(FEW, MANY, folder),
        sized(MANY, MANY, folder),
      ];
      const title = `GET with ${FEW} and with ${MANY.toLocaleString('en')} routes and keys`;
      const { measured } = await measureTargets(title, upstream.port, selected(cases, options), options);
      const ratio = measured[3]?.ratio.median;
      return [
        {
          id: 'scale',
          title,
          notes: [
            'Every request takes a random route with a random key, one of the same 50,000 pairs; every route limits by address and consumer.',
          ],
          table: measuredTable(`${FEW} and ${FEW}`, measured),
          verdicts:
            ratio === undefined
              ? []
              : [
                  {
                    promise: `at most ${CEILING} × with ${MANY.toLocaleString('en')} of both`,
                    measured: `${ratio.toFixed(2)} ×`,
                    kept: ratio <= CEILING,
                  },
                ],
          data: { measured },
        },
      ];
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

function sized(routeCount: number, keyCount: number, folder: string): Case {
  const keys = Array.from({ length: keyCount }, createApiKey);
  const keyFile = join(folder, `keys-${routeCount}-${keyCount}.txt`);
  writeFileSync(keyFile, `${keys.join('\n')}\n`);
  const load: Load = {
    ...{ method: 'GET', path: '/api/r0/1', headers: {}, status: 200 },
    ...{ script: 'random.lua', args: [String(routeCount), keyFile] },
  };
  const target = nightlatchTarget({
    id: `scale-${routeCount}-${keyCount}`,
    label: `${routeCount.toLocaleString('en')} routes, ${keyCount.toLocaleString('en')} keys`,
    config: (upstream) => config(upstream, routeCount, keys),
  });
  return { target, load };
}

function config(upstream: string, routeCount: number, keys: readonly string[]): GatewayConfig {
  const rateLimit = [{ ...LIMIT, key: 'address' }, LIMIT];
  const routes = Array.from({ length: routeCount }, (_, i) => ({
    match: { path: `/api/r${i}/{id}`, methods: ['GET'] },
    rateLimit,
  }));
  const consumers = keys.map((key, i) => ({
    name: `consumer-${i}`,
    keys: [{ id: `k${i}`, hash: `sha256:${hashApiKey(key)}` }],
  }));
  return {
    version: 1,
    defaults: { auth: 'required', mode: 'enforce' },
    services: [{ name: 'shop', upstream, routes }],
    consumers,
  };
}
