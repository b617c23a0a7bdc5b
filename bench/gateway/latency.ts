import { sendPaced } from '../load/paced.ts';
import { quantile, spreadOf } from '../measure/statistics.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import type { BenchOptions, Section, Suite } from '../suite.ts';
import { nightlatch } from '../targets/nightlatch.ts';
import { GET } from '../targets/shop.ts';
import { startUpstream } from '../targets/upstream.ts';

const PER_SECOND = 500;
/** What the gateway may add to the 99th percentile. */
const P99_CEILING_MS = 2;

type Way = { id: 'direct' | 'nightlatch'; label: string; port: number; all: number[]; p50: number[]; p99: number[] };

/** How much later answers come through the gateway than straight from the API, at a steady pace that leaves both at ease. */
export const latencySuite: Suite = {
  title: `What the gateway adds at ${PER_SECOND} requests/s`,
  needs: ['nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const gateway = await nightlatch.start(upstream.port);
      try {
        const direct: Way = { id: 'direct', label: 'direct', port: upstream.port, all: [], p50: [], p99: [] };
        const through: Way = {
          id: 'nightlatch',
          label: nightlatch.label,
          port: gateway.port,
          all: [],
          p50: [],
          p99: [],
        };
        await measure([direct, through], options);
        return [section(direct, through, options)];
      } finally {
        await gateway.stop();
      }
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

/** In turns, so that what else the machine does hits both alike. */
async function measure(
  ways: readonly Way[],
  { rounds, seconds, warmUpSeconds, connections }: BenchOptions,
): Promise<void> {
  for (const way of ways) if (warmUpSeconds > 0) await ask(way, warmUpSeconds, connections);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < ways.length; i++) {
      const way = ways[(round + i) % ways.length];
      if (way === undefined) continue;
      const latencies = await ask(way, seconds, connections);
      way.all.push(...latencies);
      way.p50.push(quantile(latencies, 0.5));
      way.p99.push(quantile(latencies, 0.99));
    }
  }
  for (const way of ways) way.all.sort((a, b) => a - b);
}

async function ask({ label, port }: Way, seconds: number, connections: number): Promise<readonly number[]> {
  const { path, headers } = GET;
  const load = { path, headers, perSecond: PER_SECOND, seconds: Math.max(1, Math.round(seconds)), connections };
  const { failures, latenciesMs } = await sendPaced(`http://127.0.0.1:${port}`, load);
  for (const [reason, count] of failures) throw new Error(`${label}: ${count} requests failed: ${reason}`);
  return latenciesMs;
}

function section(direct: Way, through: Way, { connections, rounds }: BenchOptions): Section {
  const added = (of: 'p50' | 'p99') =>
    spreadOf(through[of].map((value, round) => value - (direct[of][round] ?? Number.NaN)));
  const [p50, p99] = [added('p50'), added('p99')];
  const row = ({ label, all }: Way) => [
    label,
    String(all.length),
    ...[0.5, 0.99, 0.999].map((share) => ms(quantile(all, share))),
  ];
  return {
    id: 'latency',
    title: `${PER_SECOND} requests/s, direct and through the gateway with key, limits and record`,
    notes: [
      `${connections} connections; latencies count from the moment a request was due, and the load generator shares the machine.`,
      `"added" is the median over ${rounds} rounds of the difference within a round (middle half of p99: ${ms(p99.q1)} to ${ms(p99.q3)} ms).`,
    ],
    table: {
      columns: ['', 'requests', 'p50 ms', 'p99 ms', 'p99.9 ms'],
      rows: [row(direct), row(through), ['added', '', ms(p50.median), ms(p99.median), '']],
    },
    verdicts: [
      {
        promise: `at most ${P99_CEILING_MS} ms added to the 99th percentile`,
        measured: `${ms(p99.median)} ms`,
        kept: p99.median <= P99_CEILING_MS,
      },
    ],
    data: [direct, through].map(({ id, p50: halves, p99: tails }) => ({ id, p50Ms: halves, p99Ms: tails })),
  };
}

const ms = (value: number): string => value.toFixed(2);
