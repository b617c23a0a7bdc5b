import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMultipart } from './read-multipart.ts';
import { Reading, root } from './reading.ts';

function read(body: string, boundary = 'b') {
  const values: string[] = [];
  const reading = new Reading((text, _, role, __, key) => {
    if (role === 'value') values.push(`${key}=${text}`);
  });
  readMultipart(reading, Buffer.from(body).toString('latin1'), boundary, root('body'));
  return { values, oddities: reading.oddities.map(({ kind }) => kind) };
}

/** A part, its head without `Content-Disposition: form-data`. */
function part(head: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
}

describe('parts', () => {
  it.each([
    ['a field', `${part('name="a"', 'x')}--b--\r\n`, ['a=x'], []],
    ['two', `${part('name="a"', 'x')}${part('name="c"', 'y')}--b--`, ['a=x', 'c=y'], []],
    ['a name without quotes', `${part('name=a', 'x')}--b--`, ['a=x'], []],
    ['an escaped quote', `${part('name="a\\"c"', 'x')}--b--`, ['a"c=x'], []],
    ['content of several lines', `${part('name="a"', 'x\r\n\r\ny')}--b--`, ['a=x\r\n\r\ny'], []],
    ['lines that end in LF', '--b\nContent-Disposition: form-data; name="a"\n\nx\n--b--', ['a=x'], []],
    ['a folded head', `${part('\r\n name="a"', 'x')}--b--`, ['a=x'], []],
    ['the boundary within a line', `${part('name="a"', 'x --b y')}--b--`, ['a=x --b y'], []],
    ['a file', `${part('name="a"; filename="x.png"', '<?php')}--b--`, ['a:filename=x.png'], []],
    ['a file without a name', `${part('name="a"; filename=""', 'x')}--b--`, ['a=x'], []],
    [
      'both spellings',
      `${part('name="a"; filename="x"; filename*=UTF-8\'\'%C3%A9', '')}--b--`,
      ['a:filename=x\né'],
      [],
    ],
    ['UTF-8', `${part('name="a"', 'é')}--b--`, ['a=é'], []],
    ['no last boundary', part('name="a"', 'x'), ['a=x'], ['multipart-unended']],
    ['something behind', `${part('name="a"', 'x')}--b--\r\nz`, ['a=x', 'text=\r\nz'], ['multipart-broken']],
    ['something before', `z\r\n${part('name="a"', 'x')}--b--`, ['text=z\r\n', 'a=x'], ['multipart-broken']],
    ['no part at all', 'a=1', ['text=a=1'], ['multipart-broken']],
    [
      'a field twice',
      `${part('name="a"', 'x')}${part('name="a"', 'y')}--b--`,
      ['a=x', 'a=y'],
      ['multipart-doubled-field'],
    ],
    ['a list', `${part('name="a[]"', 'x')}${part('name="a[]"', 'y')}--b--`, ['a[]=x', 'a[]=y'], []],
    [
      'two file names',
      `${part('name="a"; filename="x"; filename="y"', '')}--b--`,
      ['a:filename=x\ny'],
      ['filename-twice'],
    ],
    ['no blank line', '--b\r\nContent-Disposition: form-data; name="a"\r\n--b--', [], []],
  ])('%s', (_, body, values, oddities) => {
    expect(read(body)).toEqual({ values, oddities });
  });

  it('reads the charset that a part names', () => {
    const head =
      '--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=utf-16le\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), Buffer.from('<b>', 'utf16le'), Buffer.from('\r\n--b--')]);
    expect(read(body.toString()).values).toContain('a=<b>');
  });

  it('loses nothing behind very many parts', () => {
    const { values, oddities } = read(`${part('name="a"', 'x').repeat(600)}${part('name="z"', 'last')}--b--`);
    expect(values.join()).toContain('last');
    expect(oddities).toContain('multipart-broken');
  });
});

it('gives back every field that is written as it should be', () => {
  const content = fc
    .string({ unit: 'grapheme-composite', maxLength: 20 })
    .filter((text) => !text.includes('\n') && text !== '');
  fc.assert(
    fc.property(fc.array(content, { minLength: 1, maxLength: 5 }), (contents) => {
      const body = contents.map((text, i) => part(`name="f${i}"`, text)).join('');
      expect(read(`${body}--b--`)).toEqual({ values: contents.map((text, i) => `f${i}=${text}`), oddities: [] });
    }),
  );
});

it('never throws', () => {
  const pieces = [
    '--b',
    '--',
    '\r\n',
    '\n',
    'Content-Disposition: form-data',
    '; name="',
    '"',
    'filename=',
    'filename*=',
    "''%",
    '\\',
    'x',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces)), (some) => void read(some.join(''))),
    { numRuns: 1000 },
  );
});
