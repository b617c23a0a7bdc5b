import { measureTargets } from '../gateway/with-targets.ts';
import type { Measured } from '../measure/rounds.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { measuredTable } from '../report/measured-table.ts';
import type { BenchOptions, Section, Suite } from '../suite.ts';
import { bareLoop } from '../targets/bare-loop.ts';
import { modsecurity } from '../targets/modsecurity.ts';
import { nightlatchTarget, shopConfig } from '../targets/nightlatch.ts';
import { everythingConfig, GET_WITH_QUERY } from '../targets/protected.ts';
import { postLoad } from '../targets/shop.ts';
import { NotAvailable, type Target } from '../targets/target.ts';
import { startUpstream } from '../targets/upstream.ts';
import { type CorpusRow, corporaIn, readCorpus } from './corpora.ts';
import { countRefused } from './send-row.ts';

/** In relation to the bare loop, with every policy and the attack filter on. */
const MOST_GET = 1.3;
const MOST_POST = 1.6;
/** How many times cheaper than rules over patterns. */
const CHEAPER_GET = 12;
const CHEAPER_POST = 80;
const MOST_ROWS = 1_000;

const filter = { mode: 'enforce' } as const;

const everything = nightlatchTarget({
  id: 'nightlatch-filter',
  label: 'Nightlatch gateway, all policies and the attack filter',
  config: (upstream) => ({ ...everythingConfig(upstream), attackFilter: filter }),
});

const orders = nightlatchTarget({
  id: 'nightlatch-filter-post',
  label: 'Nightlatch gateway, key, limits, record, attack filter',
  config: (upstream) => ({ ...shopConfig(upstream), attackFilter: filter }),
});

/** Open to everybody, so that the filter alone decides. */
const open = nightlatchTarget({
  id: 'nightlatch-open',
  label: 'Nightlatch gateway',
  config: (upstream) => ({
    version: 1,
    defaults: { auth: 'none', mode: 'enforce', loginProtection: 'off' },
    services: [
      { name: 'any', upstream, routes: [{ match: { path: '/*' }, allowEncodedSlash: true, limits: { body: '4MiB' } }] },
    ],
    bans: { mode: 'off' },
    attackFilter: filter,
  }),
});

/** The attack filter inside the gateway beside rules over patterns inside nginx: what they cost, and what they stop. */
export const filterSuite: Suite = {
  title: 'The attack filter in the gateway, beside libmodsecurity with the Core Rule Set',
  needs: ['proc', 'wrk', 'nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      return [
        await cost('filter-get', 'GET with everything on', GET_WITH_QUERY, everything, MOST_GET, CHEAPER_GET),
        await cost('filter-post', 'POST of 2 KB JSON', postLoad(folder), orders, MOST_POST, CHEAPER_POST),
        ...(await quality(upstream.port, options)),
      ];
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }

    async function cost(
      id: string,
      title: string,
      load: Parameters<typeof measureTargets>[2][number]['load'],
      ours: Target,
      most: number,
      cheaper: number,
    ): Promise<Section> {
      const cases = [bareLoop, ours, modsecurity].map((target) => ({ target, load }));
      const { measured, missing } = await measureTargets(title, upstream.port, cases, options);
      return costSection(id, title, measured, missing, ours.id, most, cheaper);
    }
  },
};

function costSection(
  id: string,
  title: string,
  measured: readonly Measured[],
  missing: readonly { label: string; reason: string }[],
  ours: string,
  most: number,
  cheaper: number,
): Section {
  const ratio = (target: string) => measured.find((one) => one.id === target)?.ratio.median;
  const mine = ratio(ours) ?? Number.NaN;
  const theirs = ratio(modsecurity.id);
  return {
    id,
    title,
    notes: [
      'libmodsecurity looks at requests alone, checks no key and keeps no record.',
      ...missing.map((one) => `${one.label}: ${one.reason}.`),
    ],
    table: measuredTable('bare loop', measured),
    verdicts: [
      {
        promise: `at most ${most} × the bare loop’s CPU time`,
        measured: `${mine.toFixed(2)} ×`,
        kept: mine <= most,
      },
      ...(theirs === undefined
        ? []
        : [
            {
              promise: `at least ${cheaper} × cheaper than libmodsecurity with the Core Rule Set`,
              measured: `${(theirs / mine).toFixed(1)} ×`,
              kept: theirs / mine >= cheaper,
            },
          ]),
    ],
    data: { measured },
  };
}

/** The same rows through both, as far as there are corpora. */
async function quality(upstreamPort: number, options: BenchOptions): Promise<Section[]> {
  const folder = options.corpora;
  const sets = corporaIn(folder)
    .filter((name) => name !== 'crs-regression')
    .flatMap((name) => [...Map.groupBy(readCorpus(folder, name), ({ expect }) => `${name}, ${expect}`)])
    .map(([name, rows]) => ({ name, expect: rows[0]?.expect, rows: sample(rows) }));
  if (sets.length === 0) return [];
  const rows: string[][] = [];
  const sums = { ours: { block: 0, allow: 0 }, theirs: { block: 0, allow: 0 }, all: { block: 0, allow: 0 } };
  const ours = await open.start(upstreamPort);
  try {
    const theirs = await modsecurity.start(upstreamPort);
    try {
      for (const set of sets) {
        const mine = await countRefused(ours.port, set.rows);
        const other = await countRefused(theirs.port, set.rows);
        const expect = set.expect ?? 'allow';
        sums.ours[expect] += mine;
        sums.theirs[expect] += other;
        sums.all[expect] += set.rows.length;
        const share = (count: number) => `${((100 * count) / set.rows.length).toFixed(2)} %`;
        rows.push([set.name, String(set.rows.length), share(mine), share(other)]);
      }
    } finally {
      await theirs.stop();
    }
  } catch (error) {
    if (error instanceof NotAvailable) return [];
    throw error;
  } finally {
    await ours.stop();
  }
  return [
    {
      id: 'filter-quality',
      title: 'What is refused, the same rows through both',
      notes: [`At most ${MOST_ROWS} rows of each, evenly spread; "allow" is honest, so refusing it is a false alarm.`],
      table: { columns: ['rows', 'count', open.label, modsecurity.label], rows },
      verdicts: [
        {
          promise: 'more attacks refused than by libmodsecurity with the Core Rule Set',
          measured: `${sums.ours.block} and ${sums.theirs.block} of ${sums.all.block}`,
          kept: sums.ours.block > sums.theirs.block,
        },
        {
          promise: 'fewer honest calls refused',
          measured: `${sums.ours.allow} and ${sums.theirs.allow} of ${sums.all.allow}`,
          kept: sums.ours.allow < sums.theirs.allow,
        },
      ],
      data: { sums },
    },
  ];
}

function sample(rows: readonly CorpusRow[]): CorpusRow[] {
  const every = Math.max(1, Math.ceil(rows.length / MOST_ROWS));
  return rows.filter((_, i) => i % every === 0);
}
