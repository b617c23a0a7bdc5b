import type { Measured } from '../measure/rounds.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { measuredTable } from '../report/measured-table.ts';
import type { Section, Suite } from '../suite.ts';
import { bareLoop } from '../targets/bare-loop.ts';
import { nightlatch, nightlatchDescribed } from '../targets/nightlatch.ts';
import { GET_WITH_QUERY, GET_WITH_TOKEN, nightlatchEverything, nightlatchToken } from '../targets/protected.ts';
import { GET, postLoad } from '../targets/shop.ts';
import { startUpstream } from '../targets/upstream.ts';
import { selected } from './selected.ts';
import { type Case, measureTargets } from './with-targets.ts';

/** What each kind of protection may cost at most, in relation to the bare loop that does the same request without any. */
const CEILINGS: Readonly<Record<string, number>> = {
  [nightlatch.id]: 1.15,
  [nightlatchEverything.id]: 1.3,
  [nightlatchToken.id]: 1.4,
  [nightlatchDescribed.id]: 1.5,
};

/** All that the gateway can do to a request, beside the loop that does nothing, in the same rounds. The scale suite has the rest. */
export const costsSuite: Suite = {
  title: 'What all protection costs at once',
  needs: ['proc', 'wrk', 'nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const post = postLoad(folder);
      const shapes: [string, string, readonly Case[]][] = [
        [
          'costs-get',
          'GET with all policies, and with a token',
          [
            { target: bareLoop, load: GET_WITH_QUERY },
            { target: nightlatch, load: GET, label: `${nightlatch.label}, key, limits, record` },
            { target: nightlatchEverything, load: GET_WITH_QUERY },
            { target: nightlatchToken, load: GET_WITH_TOKEN },
          ],
        ],
        [
          'costs-post',
          'POST of 2 KB JSON held against an API description',
          [
            { target: bareLoop, load: post },
            { target: nightlatchDescribed, load: post },
          ],
        ],
      ];
      const sections: Section[] = [];
      for (const [id, title, cases] of shapes) {
        const { measured } = await measureTargets(title, upstream.port, selected(cases, options), options);
        sections.push(sectionOf(id, title, measured));
      }
      return sections;
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};

function sectionOf(id: string, title: string, measured: readonly Measured[]): Section {
  return {
    id,
    title,
    notes: [
      'All policies: key, scopes, ownership, limits for address, consumer and route, query validation, the response guard watching and counting personal data, bans.',
    ],
    table: measuredTable('bare loop', measured),
    verdicts: measured.flatMap((one) => {
      const ceiling = CEILINGS[one.id];
      if (ceiling === undefined) return [];
      const { median } = one.ratio;
      return [
        {
          promise: `${one.label}: at most ${ceiling} × the bare loop’s CPU time`,
          measured: `${median.toFixed(2)} ×`,
          kept: median <= ceiling,
        },
      ];
    }),
    data: { measured },
  };
}
