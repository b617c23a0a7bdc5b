import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HtmlTokeniser, type Token } from './html-tokeniser.ts';

function tokensOf(text: string): Token[] {
  const tokeniser = new HtmlTokeniser(text);
  const tokens: Token[] = [];
  for (let token = tokeniser.next(); token !== null; token = tokeniser.next()) tokens.push(token);
  return tokens;
}

const kindsOf = (text: string): string[] =>
  tokensOf(text).map(({ kind, name }) => (name === '' ? kind : `${kind} ${name}`));
const attributesOf = (text: string): [string, string | null][] =>
  tokensOf(text)[0]?.attributes.map(({ name, value }) => [name, value]) ?? [];

/** Texts made of what means something in markup. */
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '=',
        '"',
        "'",
        '`',
        ' ',
        '!',
        '?',
        '-',
        '--',
        '\0',
        '\n',
        '<!--',
        '-->',
        '--!>',
        '<![CDATA[',
        ']]>',
      ),
      fc.constantFrom('<script', '</script', '<style>', '</style>', '<p', 'a', 'onload', '</textarea >', '<textarea>'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('HTML tokeniser', () => {
  it('tells tags from text', () => {
    expect(kindsOf('a<b>c</b>d')).toEqual(['text', 'start b', 'text', 'end b', 'text']);
    expect(kindsOf('a < b, 1<2, <3, </3')).toEqual(['text']);
    expect(kindsOf('<!doctype html><?xml?><!--a--><![CDATA[b]]>')).toEqual([
      'declaration',
      'instruction',
      'comment',
      'cdata',
    ]);
  });

  it('reads attributes in every way of quoting', () => {
    expect(attributesOf(`<a B="1" c='2' d=3 e f = "4">`)).toEqual([
      ['b', '1'],
      ['c', '2'],
      ['d', '3'],
      ['e', null],
      ['f', '4'],
    ]);
    expect(attributesOf('<img/src=x/onerror=y>')).toEqual([['src', 'x/onerror=y']]);
    expect(attributesOf('<img/src="x"onerror=y>')).toEqual([
      ['src', 'x'],
      ['onerror', 'y'],
    ]);
    expect(attributesOf('<img src=`x`onerror=y>')).toEqual([
      ['src', '`x`'],
      ['onerror', 'y'],
    ]);
  });

  it('lets no open quote swallow the rest', () => {
    expect(attributesOf('<img src="x onerror=y>')).toEqual([
      ['src', '"x'],
      ['onerror', 'y'],
    ]);
  });

  it('starts again at a tag inside of a tag', () => {
    expect(kindsOf('<scr<script>x')).toEqual(['start scr', 'start script', 'raw script']);
  });

  it('reads raw text up to its own end tag', () => {
    expect(kindsOf('<style><b></style ><b>')).toEqual(['start style', 'raw style', 'end style', 'start b']);
    expect(kindsOf('<title></titles><i></title>')).toEqual(['start title', 'raw title', 'end title']);
    expect(kindsOf('<script></script>')).toEqual(['start script', 'end script']);
  });

  it('ends comments as browsers do', () => {
    expect(kindsOf('<!--><b>')).toEqual(['comment', 'start b']);
    expect(kindsOf('<!---><b>')).toEqual(['comment', 'start b']);
    expect(kindsOf('<!--x--!><b>')).toEqual(['comment', 'start b']);
    expect(tokensOf('<!--x').map(({ closed }) => closed)).toEqual([false]);
  });

  it('skips NUL and takes control characters for spaces', () => {
    expect(kindsOf('<\0scr\0ipt>')).toEqual(['start script']);
    expect(attributesOf('<a\fb\v=1>')).toEqual([['b', '1']]);
  });

  it('goes on inside of a tag', () => {
    const token = new HtmlTokeniser('x" onload="y">', 2).insideTag();
    expect(token.attributes.map(({ name, value }) => [name, value])).toEqual([['onload', 'y']]);
  });

  it('covers any text, and never throws', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const tokens = tokensOf(text);
        expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, end, attributes } of tokens) {
          expect(end).toBeGreaterThan(start);
          for (const attribute of attributes) {
            expect(attribute.start).toBeGreaterThanOrEqual(start);
            expect(attribute.end).toBeLessThanOrEqual(end);
          }
        }
      }),
    );
  });

  it.each([
    '<',
    '<a ',
    '<a "',
    `<a b='"`,
    '<!--',
    '<style>',
    '</style',
    '<a b=`',
    '<!',
    '<![CDATA[',
    '--',
    '<a b="<a c=\'',
    '&lt;',
  ])('works in proportion to the length of %j repeated', (piece) => {
    // Steps cannot be counted from outside; the number of tokens and what they span can.
    const text = piece.repeat(2_000);
    const tokens = tokensOf(text);
    expect(tokens.length).toBeLessThanOrEqual(text.length);
    expect(tokens.at(-1)?.end).toBe(text.length);
  });
});
