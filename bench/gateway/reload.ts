import { renameSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayConfig } from '../../src/contracts/config/gateway-config.ts';
import { type PacedResult, sendPaced } from '../load/paced.ts';
import { quantile } from '../measure/statistics.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import type { Section, Suite } from '../suite.ts';
import { metric, type StartedGateway, shopConfig, startGateway, writeGatewayConfig } from '../targets/nightlatch.ts';
import { GET } from '../targets/shop.ts';
import { startUpstream } from '../targets/upstream.ts';

const PER_SECOND = 1_000;
const SECONDS = 60;
const RELOADS = 20;
const CONNECTIONS = 64;
const EVERY_MS = (SECONDS * 1000) / (RELOADS + 1);

/** Is anything lost while the configuration changes under load? */
export const reloadSuite: Suite = {
  title: 'Reload under load',
  needs: ['nginx'],
  async run() {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const config = shopConfig(`http://127.0.0.1:${upstream.port}`);
      const gateway = await startGateway(folder, config);
      const [before, recordedBefore] = [await revision(gateway), await gateway.recorded()];
      process.stdout.write(`${PER_SECOND} requests/s for ${SECONDS} s, ${RELOADS} new configurations\n`);
      const load = { path: GET.path, headers: GET.headers, perSecond: PER_SECOND, seconds: SECONDS };
      const [result] = await Promise.all([
        sendPaced(`http://127.0.0.1:${gateway.port}`, { ...load, connections: CONNECTIONS }),
        rewriteConfig(gateway, config),
      ]);
      const reloads = (await revision(gateway)) - before;
      const recorded = (await gateway.recorded()) - recordedBefore;
      await gateway.program.stop();
      return [section(result, reloads, recorded)];
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

const revision = (gateway: StartedGateway) => metric(gateway.admin, 'nightlatch_config_revision');

/** New limits and one more route each time, put in place as editors do it. */
async function rewriteConfig(gateway: StartedGateway, config: GatewayConfig): Promise<void> {
  const next = `${gateway.configFile}.next`;
  const services = structuredClone(config.services);
  for (let i = 1; i <= RELOADS; i++) {
    await wait(EVERY_MS);
    for (const service of services) {
      service.routes = service.routes.map((route) => ({
        ...route,
        rateLimit: route.rateLimit?.map((limit) => ('use' in limit ? limit : { ...limit, quota: limit.quota - i })),
      }));
      service.routes.push({ match: { path: `/api/new-${i}/{id}`, methods: ['GET'] } });
    }
    writeGatewayConfig(next, { ...config, services }, gateway.port);
    renameSync(next, gateway.configFile);
  }
}

function section({ sent, failures, latenciesMs }: PacedResult, reloads: number, recorded: number): Section {
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const ms = (share: number): number => Math.round(quantile(latenciesMs, share) * 100) / 100;
  return {
    id: 'reload',
    title: `${PER_SECOND.toLocaleString('en')} requests/s while the configuration changes`,
    notes: [
      `${CONNECTIONS} connections; latencies count from the moment a request was due. The load generator shares the machine.`,
      ...[...failures].map(([reason, count]) => `failed ${count} ×: ${reason}`),
    ],
    table: {
      columns: ['', 'requests', 'recorded', 'failed', 'new configurations', 'p50 ms', 'p99 ms', 'p99.9 ms', 'worst ms'],
      rows: [
        [
          `${SECONDS} s`,
          String(sent),
          String(recorded),
          String(failed),
          String(reloads),
          ...[ms(0.5), ms(0.99), ms(0.999), ms(1)].map((value) => value.toFixed(2)),
        ],
      ],
    },
    verdicts: [
      {
        promise: `no failed request in ${RELOADS} reloads`,
        measured: `${failed} failed, ${reloads} reloads, ${recorded} of ${sent} recorded`,
        kept: failed === 0 && reloads === RELOADS && recorded === sent,
      },
    ],
    data: { sent, recorded, reloads, failed, p50Ms: ms(0.5), p99Ms: ms(0.99), worstMs: ms(1) },
  };
}
