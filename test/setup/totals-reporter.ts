import type { Reporter, TestModule } from 'vitest/node';

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Ends a run with one plain line, for people and scripts alike: `123 passed, 0 failed`, with `, 2 skipped` when there are
 * any. Counts in what `npm test` checked before (`NIGHTLATCH_CHECKS`, JSON with passed and failed), test files that did not
 * load, and errors nobody caught.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    const totals = earlierChecks();
    totals.failed += unhandledErrors.length;
    for (const module of modules) count(module, totals);
    const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
    const line = `${totals.passed} passed, ${totals.failed} failed${skipped}`;
    // At the very end, after whatever other reporters still have to say.
    process.once('exit', () => process.stdout.write(`${line}\n`));
  }
}

function earlierChecks(): Totals {
  const given: unknown = JSON.parse(process.env.NIGHTLATCH_CHECKS ?? '{}');
  const { passed = 0, failed = 0 } = given as Partial<Totals>;
  return { passed, failed, skipped: 0 };
}

function count(module: TestModule, totals: Totals): void {
  let failedHere = 0;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') totals.passed += 1;
    else if (state === 'failed') failedHere += 1;
    else totals.skipped += 1;
  }
  if (module.state() === 'failed' && failedHere === 0) failedHere = 1;
  totals.failed += failedHere;
}
