import { defineConfig } from 'vitest/config';

const SECOND = 1000;

/**
 * Projects in the order they run. Those that start real processes have the machine to themselves, one file at a time:
 * their ports, timings and kill -9s would otherwise disturb one another.
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
      alone('integration', 1, 120 * SECOND),
      alone('e2e', 2, 180 * SECOND),
      alone('package', 3, 300 * SECOND),
    ],
  },
});

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
