import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { safePattern } from './safe-pattern.ts';
import { UnsafePattern } from './unsafe-pattern.ts';

const { safe, unsafe } = parse(readFileSync(new URL('testdata/patterns.yaml', import.meta.url), 'utf8')) as {
  safe: string[];
  unsafe: Record<string, string>;
};

describe('patterns', () => {
  test.each(safe)('%s is used', (source) => {
    expect(safePattern(source).maxLength).toBeGreaterThan(1_000);
  });

  test.each(Object.entries(unsafe))('%s is refused', (source, reason) => {
    expect(() => safePattern(source)).toThrow(reason);
  });

  test('a pattern of more than 1,000 characters is refused', () => {
    expect(() => safePattern('a'.repeat(1_001))).toThrow(UnsafePattern);
  });
});

/** Patterns from the pieces of which endless ones are made. */
const atom = fc.constantFrom('a', 'b', '[ab]', '.', '\\d', '[^b]');
const repeat = fc.constantFrom('', '', '*', '+', '?', '{1,3}', '{2,}', '*?');
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(atom, repeat).map((pair) => pair.join('')),
    fc.tuple(tie('node'), tie('node')).map((pair) => pair.join('')),
    fc.tuple(tie('node'), tie('node'), repeat).map(([a, b, r]) => `(?:${a}|${b})${r}`),
    fc.tuple(tie('node'), repeat).map(([a, r]) => `(${a})${r}`),
  ),
})).node;

test('what is used ends quickly on the longest text that it looks at', () => {
  let used = 0;
  fc.assert(
    fc.property(fc.boolean(), pattern, fc.constantFrom('a', 'b', 'ab', 'aab'), (anchored, middle, piece) => {
      const source = `${anchored ? '^' : ''}${middle}$`;
      let found: ReturnType<typeof safePattern>;
      try {
        found = safePattern(source);
      } catch (error) {
        if (error instanceof UnsafePattern) return;
        throw error;
      }
      used++;
      const text = `${piece.repeat(100_000)}`.slice(0, Math.min(found.maxLength, 100_000) - 1);
      const started = performance.now();
      found.regExp.test(`${text}!`);
      expect(performance.now() - started, source).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  expect(used).toBeGreaterThan(100);
});
