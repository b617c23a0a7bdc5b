import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayConfig } from '../../src/contracts/config/gateway-config.ts';
import { freePort } from '../../test/fixtures/free-port.ts';
import {
  type Attack,
  type AttackResult,
  RAPID_RESET,
  SLOW_BODY,
  SLOW_CONNECTIONS,
  SLOW_HEADERS,
  SLOW_READ,
} from '../load/attacks.ts';
import { type PacedResult, sendPaced } from '../load/paced.ts';
import { residentBytes } from '../measure/accounting.ts';
import { quantile } from '../measure/statistics.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import type { Section, Suite } from '../suite.ts';
import { startNginx } from '../targets/nginx-process.ts';
import { metric, type StartedGateway, shopConfig, startGateway } from '../targets/nightlatch.ts';
import { ANSWER, GET } from '../targets/shop.ts';

const PER_SECOND = 300;
const CONNECTIONS = 16;
const QUIET_SECONDS = 8;
/** Longer than the idle time (30 s) and the time between two looks at slow callers (5 s) together. */
const ATTACK_SECONDS = 42;
const FLOOD_SECONDS = 20;
const CEILING = 2;
const MB = 1_000_000;
const LARGE_BYTES = 8 * MB;
/** The attackers call from 127.0.0.1. */
const GENUINE_ADDRESS = '127.0.0.2';
const AFTERMATH_MS = 1_000;
const LOOK_MS = 500;

type Phase = { attack: Attack; limit: 'raised' | 'default'; seconds: number };
type Figures = { p50: number; p99: number; failed: number };
type Outcome = Phase &
  AttackResult & {
    quiet: Figures;
    under: Figures;
    quietMB: number;
    mostMB: number;
    mostOpen: number;
    openAtEnd: number;
  };

const PHASES: readonly Phase[] = [
  { attack: SLOW_HEADERS, limit: 'raised', seconds: ATTACK_SECONDS },
  { attack: SLOW_BODY, limit: 'raised', seconds: ATTACK_SECONDS },
  { attack: SLOW_READ, limit: 'raised', seconds: ATTACK_SECONDS },
  { attack: RAPID_RESET, limit: 'raised', seconds: FLOOD_SECONDS },
  { attack: SLOW_BODY, limit: 'default', seconds: ATTACK_SECONDS },
];

/** How genuine callers fare while others attack: the same steady traffic, quiet and then under each attack. */
export const hostileSuite: Suite = {
  title: `${PER_SECOND} genuine requests/s while others attack`,
  needs: ['proc', 'nginx', 'slowhttptest'],
  async run() {
    const folder = temporaryFolder();
    const upstream = await startShop(join(folder, 'upstream'));
    try {
      const outcomes: Outcome[] = [];
      for (const limit of ['raised', 'default'] as const) {
        const home = join(folder, limit);
        mkdirSync(home);
        const gateway = await startGateway(home, config(`http://127.0.0.1:${upstream.port}`, limit));
        await genuine(gateway, QUIET_SECONDS);
        for (const phase of PHASES) if (phase.limit === limit) outcomes.push(await measure(gateway, phase, home));
        await gateway.program.stop();
      }
      return [section(outcomes)];
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

async function measure(gateway: StartedGateway, phase: Phase, folder: string): Promise<Outcome> {
  process.stdout.write(`${phase.attack.label} (${phase.limit} limit): quiet, then under attack\n`);
  const quiet = figuresOf(await genuine(gateway, QUIET_SECONDS));
  const quietMB = memoryOf(gateway);
  let mostMB = quietMB;
  const open: number[] = [];
  let attacking = true;
  const begun = performance.now();
  let lastedMs = 0;
  const watch = (async () => {
    while (attacking) {
      mostMB = Math.max(mostMB, memoryOf(gateway));
      const now = (await metric(gateway.admin, 'nightlatch_open_connections')) - CONNECTIONS;
      if (attacking) open.push(Math.max(0, now));
      await wait(LOOK_MS);
    }
  })();
  try {
    const [result, traffic] = await Promise.all([
      phase.attack.run(gateway.port, phase.seconds, folder).finally(() => {
        attacking = false;
        lastedMs = performance.now() - begun;
      }),
      genuine(gateway, phase.seconds),
    ]);
    // The slow attacker ends before its time when nothing of it is open any more.
    const ranOut = lastedMs < (phase.seconds - 1) * 1000;
    const [mostOpen, openAtEnd] = [Math.max(...open), ranOut ? 0 : (open.at(-1) ?? 0)];
    return { ...phase, ...result, quiet, under: figuresOf(traffic), quietMB, mostMB, mostOpen, openAtEnd };
  } finally {
    attacking = false;
    await watch;
    await wait(AFTERMATH_MS);
  }
}

const memoryOf = ({ program }: StartedGateway): number => residentBytes(program.pid) / MB;

function genuine({ port }: StartedGateway, seconds: number): Promise<PacedResult> {
  const load = { path: GET.path, headers: GET.headers, perSecond: PER_SECOND, connections: CONNECTIONS };
  return sendPaced(`http://127.0.0.1:${port}`, { ...load, seconds, localAddress: GENUINE_ADDRESS });
}

function figuresOf({ latenciesMs, failures }: PacedResult): Figures {
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99), failed };
}

/** The upstream of the other suites, with an answer that is large enough to be read slowly. */
async function startShop(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const files = join(folder, 'open');
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, 'large'), Buffer.alloc(LARGE_BYTES, 'x'));
  // nginx's worker runs as a user of its own; the folder above is closed to others.
  chmodSync(join(folder, '..'), 0o755);
  const port = await freePort();
  const server = `access_log off;
  server {
    listen 127.0.0.1:${port};
    location = /open/large { root ${folder}; }
    location / { return 200 '${ANSWER}'; }
  }`;
  const program = await startNginx(folder, port, server);
  return { port, stop: program.stop };
}

/** The usual shop, with a part that needs no key: without one, slow callers would be refused at once. */
function config(upstream: string, limit: Phase['limit']): GatewayConfig {
  const shop = shopConfig(upstream);
  const open = { match: { path: '/open/*' }, auth: 'none' as const };
  return {
    ...shop,
    server: {
      http2: { cleartext: true },
      ...(limit === 'default' ? {} : { limits: { connectionsPerAddress: 2 * SLOW_CONNECTIONS } }),
    },
    services: shop.services.map((service) => ({ ...service, routes: [...service.routes, open] })),
  };
}

function section(outcomes: readonly Outcome[]): Section {
  const ratio = ({ quiet, under }: Outcome): number => under.p99 / quiet.p99;
  const failed = outcomes.reduce((sum, { under, quiet }) => sum + under.failed + quiet.failed, 0);
  const worst = Math.max(...outcomes.map(ratio));
  // The flood is no matter of slowness: its next connection is always there, and each of them is cut off.
  const left = outcomes.filter(({ attack, opened, cutOff, openAtEnd }) =>
    attack === RAPID_RESET ? cutOff < opened : openAtEnd > 0,
  );
  return {
    id: 'hostile',
    title: `${PER_SECOND} genuine requests/s, quiet and under attack`,
    notes: [
      `${CONNECTIONS} genuine connections from ${GENUINE_ADDRESS}, attackers from 127.0.0.1; latencies count from the moment a request was due. Load generator and attackers share the machine.`,
      `Each attack has its own quiet measurement of ${QUIET_SECONDS} s right before it. Slow attacks last ${ATTACK_SECONDS} s, as callers may be idle for 30 s; "default limit" is 100 connections for one address. Open connections are counted at the gateway, without the genuine ones.`,
    ],
    table: {
      columns: [
        '',
        'quiet p50 ms',
        'quiet p99 ms',
        'under p50 ms',
        'under p99 ms',
        'p99 ×',
        'failed',
        'quiet MB',
        'most MB',
        'attackers',
        'most open',
        'open at the end',
      ],
      rows: outcomes.map((one) => [
        `${one.attack.label}, ${one.limit} limit`,
        ...[one.quiet.p50, one.quiet.p99, one.under.p50, one.under.p99, ratio(one)].map((value) => value.toFixed(2)),
        String(one.under.failed),
        one.quietMB.toFixed(0),
        one.mostMB.toFixed(0),
        String(one.opened),
        String(one.mostOpen),
        String(one.openAtEnd),
      ]),
    },
    verdicts: [
      {
        promise: `99th percentile at most ${CEILING} × the quiet one`,
        measured: `${worst.toFixed(2)} × at worst`,
        kept: worst <= CEILING,
      },
      { promise: 'no genuine request fails', measured: `${failed} failed`, kept: failed === 0 },
      {
        promise: 'every attacker is cut off',
        measured:
          left.length === 0
            ? 'all'
            : left.map(({ attack, openAtEnd }) => `${openAtEnd} left of ${attack.label}`).join(', '),
        kept: left.length === 0,
      },
    ],
    data: { outcomes: outcomes.map(({ attack, ...rest }) => ({ attack: attack.id, ...rest })) },
  };
}
