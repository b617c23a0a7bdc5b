import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { normaliseTarget } from './normalise-target.ts';

type Cases = {
  ok: { target: string; path: string; query: string; decoded: string; encodedSlash?: boolean }[];
  refused: { target: string; code: string }[];
};
const cases = parse(readFileSync(join(import.meta.dirname, 'testdata/targets.yaml'), 'utf8')) as Cases;

describe('request targets', () => {
  it.each(cases.ok)('lets $target in', ({ target, ...expected }) => {
    expect(normaliseTarget(target, 'api.example')).toEqual({ encodedSlash: false, ...expected });
  });

  it.each(cases.refused)('refuses $target', ({ target, code }) => {
    expect(normaliseTarget(target, 'api.example')).toBe(code);
  });

  it('ran all its cases', () => {
    expect([cases.ok.length, cases.refused.length]).toEqual([20, 40]);
  });

  it('refuses overlong targets', () => {
    expect(normaliseTarget(`/${'a'.repeat(8192)}`, 'h')).toBe('path-too-long');
  });

  it('never lets a path in that could be read in a second way, and sends on what it judged', () => {
    const piece = fc.constantFrom(
      ...['/', '//', '.', '..', '%2e', '%2E', '%252e', '%2f', '%5c', '%5C', '\\', '%00', ';', ';x=', '%3b', '%3B', '#'],
      ...[
        'a',
        'B',
        'admin',
        '%61',
        'é',
        '\u0000',
        ' ',
        '%',
        '%c0%ae',
        '%c3%a9',
        '?',
        '~',
        '%ef%bc%8f',
        '%25',
        '2e',
        '…',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const target = `/${pieces.join('')}`;
        const result = normaliseTarget(target, 'h');
        if (typeof result === 'string') return;
        expect(result.path + result.query).toBe(target);
        // Where slashes are hidden, routes that do not expect it refuse; those that do meet no climbing whatever the reading.
        if (result.encodedSlash) expect(everyReading(result.path.replace(/%(?:2f|5c)/gi, '/'))).toHaveLength(1);
        else expect(everyReading(result.path)).toEqual([result.decoded]);
      }),
      { numRuns: 120_000 },
    );
  });
});

/** What different servers may make of a path: decoded once and twice, with slashes merged, dot segments and parameters resolved. */
function everyReading(path: string): string[] {
  const once = decodeURIComponent(path);
  const readings = new Set([once]);
  if (/%[0-9a-f]{2}/i.test(once)) readings.add(`twice: ${once}`);
  const withoutParameters = once.replace(/\/(\.{0,2});[^/]*/g, '/$1');
  for (const text of [once, withoutParameters, once.replaceAll('\\', '/')]) {
    readings.add(text === withoutParameters && text !== once ? `parameters: ${text}` : resolve(text));
  }
  return [...readings];
}

/** RFC 3986 §5.2.4, with doubled slashes merged. */
function resolve(path: string): string {
  const out: string[] = [];
  const segments = path
    .replace(/\/{2,}/g, '/')
    .split('/')
    .slice(1);
  segments.forEach((segment, i) => {
    if (segment === '..') out.pop();
    else if (segment !== '.') out.push(segment);
    if ((segment === '.' || segment === '..') && i === segments.length - 1) out.push('');
  });
  return `/${out.join('/')}`;
}
