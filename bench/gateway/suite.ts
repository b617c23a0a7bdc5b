import { removeFolder, temporaryFolder } from '../processes.ts';
import { measuredTable } from '../report/measured-table.ts';
import type { BenchOptions, Section, Suite, Verdict } from '../suite.ts';
import { bareLoop } from '../targets/bare-loop.ts';
import { fastGateway } from '../targets/fast-gateway.ts';
import { haproxy } from '../targets/haproxy.ts';
import { nginx } from '../targets/nginx.ts';
import { nightlatch, nightlatchDescribed } from '../targets/nightlatch.ts';
import { GET, postLoad, UNKNOWN_PATH, WITHOUT_KEY } from '../targets/shop.ts';
import { startUpstream } from '../targets/upstream.ts';
import { selected } from './selected.ts';
import { type Case, measureTargets } from './with-targets.ts';

/** What GET with key, limits and record may cost at most, in relation to the bare loop. */
const GET_CEILING = 1.15;

type Shape = { id: string; title: string; yardstick: string; cases: readonly Case[]; notes: readonly string[] };

/** Our gateway beside the yardstick and its peers, for each shape of request. */
export const gatewaySuite: Suite = {
  title: 'What a request costs at the gateway',
  needs: ['proc', 'wrk', 'nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const sections: Section[] = [];
      for (const shape of shapes(folder)) sections.push(await measureShape(shape, upstream.port, options));
      return sections;
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

function shapes(folder: string): Shape[] {
  const post = postLoad(folder);
  const peers = [nightlatch, nginx, haproxy];
  const beforeForwarding = (load: typeof GET) => [
    { target: bareLoop, load: GET, label: `${bareLoop.label}, the GET` },
    ...peers.map((target) => ({ target, load })),
  ];
  return [
    {
      id: 'get',
      title: 'GET with key, limits and record',
      yardstick: 'bare loop',
      cases: [bareLoop, ...peers, fastGateway].map((target) => ({ target, load: GET })),
      notes: ['The bare loop checks, limits and records nothing; all others do.'],
    },
    {
      id: 'post',
      title: 'POST of 2 KB JSON with key, limits and record',
      yardstick: 'bare loop',
      cases: [bareLoop, ...peers, nightlatchDescribed].map((target) => ({ target, load: post })),
      notes: [],
    },
    {
      id: 'refused-401',
      title: 'GET without a key: 401',
      yardstick: 'bare loop’s GET',
      cases: beforeForwarding(WITHOUT_KEY),
      notes: ['A refusal is answered without the upstream; the yardstick forwards.'],
    },
    {
      id: 'refused-404',
      title: 'GET of a path without a route: 404',
      yardstick: 'bare loop’s GET',
      cases: beforeForwarding(UNKNOWN_PATH),
      notes: [],
    },
  ];
}

async function measureShape(shape: Shape, upstreamPort: number, options: BenchOptions): Promise<Section> {
  const cases = selected(shape.cases, options);
  const { measured, missing } = await measureTargets(shape.title, upstreamPort, cases, options);
  const ours = measured.find(({ id }) => id === nightlatch.id);
  const verdicts: Verdict[] =
    shape.id !== 'get' || ours === undefined
      ? []
      : [
          {
            promise: `at most ${GET_CEILING} × the bare loop’s CPU time`,
            measured: `${ours.ratio.median.toFixed(2)} ×`,
            kept: ours.ratio.median <= GET_CEILING,
          },
        ];
  return {
    id: shape.id,
    title: shape.title,
    notes: shape.notes,
    table: measuredTable(shape.yardstick, measured, missing),
    verdicts,
    data: { measured, missing },
  };
}
