import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from './parse-config.ts';

type FaultCase = {
  name: string;
  text: string;
  faults: { at: string; code: string; place: string; message: string; hint?: string }[];
};

const read = (file: string) => readFileSync(new URL(`testdata/${file}`, import.meta.url), 'utf8');
const cases = parse(read('faults.yaml')) as FaultCase[];
const shop = read('shop.yaml');

describe('files that are refused', () => {
  test('the table is whole', () => expect(cases).toHaveLength(126));

  test.each(cases)('$name', ({ text, faults }) => {
    const result = parseConfig(text, { file: 'nightlatch.yaml' });
    if (!('faults' in result)) throw new Error('not refused');
    expect(result.faults.map(({ line, column, ...rest }) => ({ at: `${line}:${column}`, ...rest }))).toEqual(faults);
  });

  test('a value that may be a key or a password is never repeated', () => {
    const key = 'nl_live_3fKqXyZ';
    const text = `version: 1\nservices:\n  - { name: a, upstream: "htp://u:${key}@x", routes: [] }\nconsumers:\n  - { name: b, keys: [{ id: k, hash: ${key} }] }\n`;
    const result = parseConfig(text);
    expect('faults' in result && result.faults).toHaveLength(2);
    expect(JSON.stringify(result)).not.toContain(key);
  });

  test('a file of more than 5 MB is refused without reading it', () => {
    const result = parseConfig(`version: 1\n#${'x'.repeat(5_000_000)}`);
    expect(result).toMatchObject({ faults: [{ code: 'too-large' }] });
  });

  test('aliases that grow are refused quickly', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `a${i}: &a${i} [${Array(9)
          .fill(i === 0 ? 'x' : `*a${i - 1}`)
          .join(', ')}]`,
    );
    const started = performance.now();
    expect(parseConfig(levels.join('\n'))).toMatchObject({ faults: [{ code: 'yaml-aliases' }] });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test.each(['[', '{a: ', '- '])('nesting without end is refused: %s', (open) => {
    expect(parseConfig(open.repeat(50_000))).toMatchObject({ faults: [{ code: expect.stringMatching(/^yaml-/) }] });
  });

  test('a map with 100,000 keys takes about as long per key as a small one', { timeout: 120_000 }, () => {
    const msFor = (keys: number): number => {
      const attributes = Array.from({ length: keys }, (_, i) => `      a${i}: "1"`).join('\n');
      const started = performance.now();
      parseConfig(`version: 1\nservices: []\nconsumers:\n  - name: web\n    attributes:\n${attributes}\n`);
      return performance.now() - started;
    };
    msFor(1_000);
    // Ten times the keys: a parser whose work grows with the square would take a hundred times as long.
    expect(msFor(100_000) / msFor(10_000)).toBeLessThan(30);
  });
});

describe('files that are accepted', () => {
  test('the documented example, without a warning', () => {
    expect(parseConfig(shop)).toMatchObject({ config: { version: 1 }, warnings: [] });
  });

  test('what is probably not meant comes with a warning and its line', () => {
    const text = shop
      .replace('"10.0.0.0/8"', '"0.0.0.0/0"')
      .replace('scopes: ["customers:read"]\n    keys', 'scopes: ["orders:read"]\n    keys')
      .replace('hostnames: [api.shop.example]', 'hostnames: [www.shop.example]');
    const result = parseConfig(text);
    if ('faults' in result) throw new Error('refused');
    expect(result.warnings.map(({ line, code, place }) => `${line} ${code} ${place}`)).toEqual([
      '7 trusts-everybody server.trustedProxies[0]',
      '17 scope-unheld services[0].routes[0].scopes[0]',
      '24 hostname-unserved services[0].routes[2].match.hostnames[0]',
    ]);
  });
});

test('exclusions that have ended are told, as long as somebody says what time it is', () => {
  const exclusion = (expires: string) => `{ detector: sqli, field: query.q, expires: ${expires} }`;
  const text = `version: 1
attackFilter: { exclusions: [${exclusion('2026-01-01')}, ${exclusion('2026-06-01')}] }
services:
  - name: shop
    upstream: http://127.0.0.1:3000
    attackFilter: { exclusions: [${exclusion('2025-01-01')}] }
    routes:
      - match: { path: / }
        attackFilter: { exclusions: [${exclusion('2026-01-01T00:00:00Z')}] }
`;
  const endedAt = (now?: number) => {
    const result = parseConfig(text, now === undefined ? {} : { now });
    if ('faults' in result) throw new Error('refused');
    return result.warnings.map(({ line, code }) => `${line} ${code}`);
  };
  const ended = 'exclusion-ended';
  expect(endedAt()).toEqual([]);
  expect(endedAt(Date.UTC(2026, 0, 1, 12))).toEqual([`6 ${ended}`, `9 ${ended}`]);
  expect(endedAt(Date.UTC(2026, 0, 2, 12))).toEqual([`2 ${ended}`, `6 ${ended}`, `9 ${ended}`]);
});

describe('whatever the text', () => {
  /** Slips as people make them: a piece of a good file removed, doubled, or replaced by something else. */
  const damaged = fc
    .array(
      fc.tuple(
        fc.nat(shop.length),
        fc.nat(40),
        fc.oneof(
          fc.string(),
          fc.constantFrom('\n', '  ', '- ', ': ', '{', '}', '[', ']', '"', '&a ', '*a', '!!map ', '---\n', '\t', '? '),
        ),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) => edits.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), shop));

  test('it never throws, and every fault stands on a line of the file', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' })), (text) => {
        const result = parseConfig(text);
        const lines = text.split('\n').length;
        for (const fault of 'faults' in result ? result.faults : result.warnings) {
          expect(fault.line).toBeGreaterThanOrEqual(1);
          expect(fault.line).toBeLessThanOrEqual(lines);
          expect(fault.column).toBeGreaterThanOrEqual(1);
          expect(fault.message).toMatch(/^\S.*\.$/s);
          expect(fault.code).toMatch(/^[a-z-]+$/);
        }
        if ('faults' in result) expect(result.faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_500 },
    );
  });
});
