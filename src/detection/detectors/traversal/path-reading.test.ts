import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPath } from './path-reading.ts';

describe('readPath', () => {
  it.each([
    ['a/b/c', 0, 0, ['a', 'b', 'c']],
    ['a/../b', 1, 0, ['b']],
    ['a/../../b', 2, 1, ['b']],
    ['..\\..\\b', 2, 2, ['b']],
    ['....//....//b', 2, 2, ['b']],
    ['..;x=1/b', 1, 1, ['b']],
    ['..%c0%af..%c1%9cb', 2, 2, ['b']],
    ['0x2e0x2e0x2fb', 1, 1, ['b']],
    ['..\0/b', 1, 1, ['b']],
    ['and/or/...', 0, 0, ['and']],
    ['file:///etc/hosts', 0, 0, ['etc', 'hosts']],
    ['a/b.php\0.jpg', 0, 0, ['a', 'b.php']],
    ['a/b.txt?x=1', 0, 0, ['a', 'b.txt']],
  ])('walks %j', (word, ups, above, names) => {
    expect(readPath(word)).toMatchObject({ ups, above, names });
  });

  it('counts the steps of any path, however it is spelled', () => {
    const up = fc.constantFrom(
      '../',
      '..\\',
      '..%c0%af',
      '..%c1%9c',
      '%c0%ae%c0%ae/',
      '0x2e0x2e0x2f',
      '..;/',
      '..//',
      '....//',
      '..%c0%qf',
    );
    fc.assert(
      fc.property(fc.array(up, { minLength: 1, maxLength: 12 }), (steps) => {
        const path = readPath(`${steps.join('')}name`);
        expect(path.above).toBe(steps.length);
        expect(path.names).toEqual(['name']);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', 'c', '0', '1', 'x', '2', 'f', '\0', 'À', '?', ';') }),
        (text) => {
          expect(readPath(text).ups).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
