import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runWrk } from '../load/wrk.ts';
import { residentBytes } from '../measure/accounting.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { middleHalf } from '../report/measured-table.ts';
import type { BenchOptions, Section, Suite } from '../suite.ts';
import { shopConfig, startGateway } from '../targets/nightlatch.ts';
import { GET } from '../targets/shop.ts';
import { startUpstream } from '../targets/upstream.ts';
import { layOutPackage } from './package-copy.ts';

const STARTS = 7;
const REQUESTS = 100_000;
const SETTLE_MS = 2_000;
const IDLE_CEILING_MB = 120;
const START_CEILING_MS = 1_000;
const MB = 1_000_000;

type Kind = { label: string; program: string | undefined };
type Figures = { label: string; firstStartMs: number; startMs: Spread; idleMB: number; usedMB: number };

/** How fast the gateway starts and how much memory it takes. */
export const memorySuite: Suite = {
  title: 'Start and memory',
  needs: ['proc', 'wrk', 'nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const built = layOutPackage(folder);
      const kinds: Kind[] = [{ label: 'from the checkout', program: undefined }];
      if (built !== null) kinds.push({ label: 'from the built package', program: built });
      const figures: Figures[] = [];
      for (const kind of kinds) figures.push(await measureKind(kind, upstream.port, options));
      return [section(figures, built !== null)];
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

async function measureKind({ label, program }: Kind, upstreamPort: number, options: BenchOptions): Promise<Figures> {
  process.stdout.write(`Starting the gateway ${label}, ${STARTS + 1} times\n`);
  const folder = temporaryFolder();
  const config = shopConfig(`http://127.0.0.1:${upstreamPort}`);
  // A cache of compiled code of its own: the first start then is a first start.
  const env = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const start = () => startGateway(folder, config, { env, ...(program === undefined ? {} : { program }) });
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const gateway = await start();
    starts.push(gateway.startMs);
    await gateway.program.stop();
  }
  const gateway = await start();
  starts.push(gateway.startMs);
  await wait(SETTLE_MS);
  const idleMB = residentBytes(gateway.program.pid) / MB;
  for (let sent = 0; sent < REQUESTS; ) {
    sent += (await runWrk(gateway.port, GET, { ...options, seconds: 1 })).requests;
  }
  await wait(SETTLE_MS);
  const usedMB = residentBytes(gateway.program.pid) / MB;
  await gateway.program.stop();
  removeFolder(folder);
  const [firstStartMs = Number.NaN, ...later] = starts;
  return { label, firstStartMs, startMs: spreadOf(later), idleMB, usedMB };
}

function section(figures: readonly Figures[], built: boolean): Section {
  const idle = Math.max(...figures.map(({ idleMB }) => idleMB));
  const startMs = Math.max(...figures.map(({ startMs: spread }) => spread.median));
  return {
    id: 'memory',
    title: 'Start and memory of the gateway',
    notes: [
      'Start: from the process’s begin until /readyz says yes. The very first one compiles everything; the later ones use what Node.js then kept.',
      `Memory: resident, ${SETTLE_MS / 1000} s after the start and ${SETTLE_MS / 1000} s after ${REQUESTS.toLocaleString('en')} requests.`,
      ...(built ? [] : ['The built package was not measured, as nothing was built (npm run build).']),
    ],
    table: {
      columns: ['', 'start ms', 'middle half', 'very first ms', 'idle MB', 'after requests MB'],
      rows: figures.map((one) => [
        one.label,
        one.startMs.median.toFixed(0),
        middleHalf(one.startMs, 0),
        one.firstStartMs.toFixed(0),
        one.idleMB.toFixed(0),
        one.usedMB.toFixed(0),
      ]),
    },
    verdicts: [
      {
        promise: `idle in at most ${IDLE_CEILING_MB} MB`,
        measured: `${idle.toFixed(0)} MB`,
        kept: idle <= IDLE_CEILING_MB,
      },
      {
        promise: `ready in at most ${START_CEILING_MS} ms`,
        measured: `${startMs.toFixed(0)} ms`,
        kept: startMs <= START_CEILING_MS,
      },
    ],
    data: { figures },
  };
}
