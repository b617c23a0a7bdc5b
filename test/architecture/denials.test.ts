import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DENIALS } from '../../src/contracts/errors/denials.ts';

const tests = globSync(['src/**/*.test.ts', 'test/integration/**/*.{ts,yaml}', 'src/gateway/**/testdata/*.{ts,yaml}'])
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** A code that no test expects is one that may never come, or come wrongly. */
test.each(Object.keys(DENIALS))('%s is expected by a test of the gateway', (code) => {
  expect(tests).toMatch(new RegExp(`['": ]${code}['"\\n, }]`));
});
