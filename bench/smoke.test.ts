import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../scripts/bootstrap/system-packages.mjs';
import { gatewaySuite } from './gateway/suite.ts';
import { hasAccounting } from './measure/accounting.ts';
import { cleanUp } from './processes.ts';
import { describeMachine } from './report/machine.ts';
import { writeReport } from './report/report.ts';

const missing = [
  ...['wrk', 'nginx'].filter((name) => findProgram(name) === undefined),
  ...(hasAccounting() ? [] : ['/proc']),
];
if (missing.length > 0)
  console.warn(`SKIPPED: the benchmarks were not tried, as this is missing: ${missing.join(', ')}`);

/** Shortest run that still goes through every part: real targets, real load, real accounting. Its figures mean nothing. */
const SHORT = { rounds: 1, seconds: 0.5, warmUpSeconds: 0, connections: 8, only: ['nightlatch'], corpora: '' };

describe.skipIf(missing.length > 0)('the benchmark of the gateway', () => {
  afterAll(cleanUp);

  it('measures the gateway beside the yardstick and writes a report', { timeout: 60_000 }, async () => {
    const sections = await gatewaySuite.run(SHORT);
    expect(sections.map(({ id }) => id)).toEqual(['get', 'post', 'refused-401', 'refused-404']);
    for (const { table } of sections) {
      expect(table.rows).toHaveLength(2);
      for (const [label, cpuMicros, , ratio] of table.rows) {
        expect(Number(cpuMicros), label).toBeGreaterThan(1);
        expect(Number(ratio), label).toBeGreaterThan(0);
      }
    }
    const folder = mkdtempSync(join(tmpdir(), 'nightlatch-bench-'));
    try {
      const name = writeReport(folder, { date: new Date(0), machine: describeMachine(), options: SHORT, sections });
      const written = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { sections: unknown[] };
      expect(name).toBe('1970-01-01T0000');
      expect(written.sections).toHaveLength(sections.length);
      expect(readFileSync(join(folder, `${name}.md`), 'utf8')).toContain('| Nightlatch gateway |');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
