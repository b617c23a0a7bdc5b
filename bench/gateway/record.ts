import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { measuredTable } from '../report/measured-table.ts';
import type { Suite } from '../suite.ts';
import { nightlatch, nightlatchTarget, shopConfig } from '../targets/nightlatch.ts';
import { GET } from '../targets/shop.ts';
import type { Target } from '../targets/target.ts';
import { startUpstream } from '../targets/upstream.ts';
import { selected } from './selected.ts';
import { measureTargets } from './with-targets.ts';

/** A disk in memory on Linux. */
const MEMORY_DISK = '/dev/shm';

const withoutRecord = nightlatchTarget({
  id: 'without-record',
  label: 'gateway, recorder taken out',
  config: shopConfig,
  nodeArgs: ['--import', fileURLToPath(new URL('./without-record.ts', import.meta.url))],
  records: false,
});

const inMemory = nightlatchTarget({
  id: 'record-in-memory',
  label: 'gateway, record on a disk in memory',
  config: shopConfig,
  disk: MEMORY_DISK,
});

/** What the record alone costs: the same gateway without it, and with it on two kinds of disk. */
export const recordSuite: Suite = {
  title: 'What the record costs',
  needs: ['proc', 'wrk', 'nginx'],
  async run(options) {
    const folder = temporaryFolder();
    const upstream = await startUpstream(folder);
    try {
      const targets: Target[] = [
        withoutRecord,
        { ...nightlatch, label: 'gateway as it is' },
        ...(existsSync(MEMORY_DISK) ? [inMemory] : []),
      ];
      const title = 'The record’s share of a GET';
      const cases = targets.map((target) => ({ target, load: GET }));
      const { measured } = await measureTargets(title, upstream.port, selected(cases, options), options);
      return [
        {
          id: 'record',
          title,
          notes: [
            'The first line is the same program whose recorder was replaced while it was loaded (bench/gateway/without-record.ts).',
            'Both others write one line for each request before the last byte of its answer leaves.',
          ],
          table: measuredTable('without record', measured),
          verdicts: [],
          data: { measured },
        },
      ];
    } finally {
      await upstream.stop();
      removeFolder(folder);
    }
  },
};
