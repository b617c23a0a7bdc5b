import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactCode } from './compact.ts';

describe('compactCode', () => {
  it('brings calls and chains into one form', () => {
    expect(compactCode("exec /* x */ ( 'ls' )")).toBe('exec("ls")');
    expect(compactCode('exec #x\n("ls")')).toBe('exec("ls")');
    expect(compactCode("process [ 'env' ] -> x")).toBe('process.env.x');
    expect(compactCode("'sys' . 'tem'")).toBe('"system"');
    expect(compactCode('new  function (')).toBe('new function(');
  });

  it('leaves addresses and interpolation alone', () => {
    expect(compactCode('http://x.example/a')).toBe('http://x.example/a');
    expect(compactCode('#{ a }')).toBe('#{a}');
  });

  it('never throws and never grows', () => {
    const piece = fc.constantFrom(
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      '"',
      "'",
      '`',
      '[',
      ']',
      '.',
      '+',
      '->',
      'a',
      ' ',
      '(',
      ')',
      '$',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        const text = pieces.join('');
        expect(compactCode(text).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
