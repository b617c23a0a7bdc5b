import { defineConfig } from 'vitest/config';

const SECOND = 1000;

/**
 * Projects in the order they run. Those that drive a browser or install the package have the machine to themselves, one file at a
 * time. The integration tests run two files at once: most of their time they wait for time limits.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/setup/totals-reporter.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/testdata/**'],
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,practice,console,scripts,bench}/**/*.test.{ts,tsx}', 'test/fuzz/**/*.test.ts'],
          testTimeout: 15 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: 'architecture',
          include: ['test/architecture/**/*.test.ts'],
          testTimeout: 60 * SECOND,
        },
      },
      integration(),
      alone('e2e', 2, 180 * SECOND),
      alone('package', 3, 300 * SECOND),
    ],
  },
});

function integration() {
  const project = alone('integration', 1, 120 * SECOND);
  return { ...project, test: { ...project.test, fileParallelism: true, maxWorkers: 2 } };
}

function alone(name: string, groupOrder: number, testTimeout: number) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      fileParallelism: false,
      sequence: { groupOrder },
      testTimeout,
      hookTimeout: testTimeout,
      teardownTimeout: 10 * SECOND,
    },
  };
}
