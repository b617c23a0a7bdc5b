import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../leaf.ts';
import type { ParsedRequest } from './parsed-request.ts';
import { readRequest } from './read-request.ts';

type Seen = { readonly parsed: ParsedRequest; readonly values: string[]; readonly names: string[] };

/** Reads a request; values as `place=text`, names as they are. */
function read(target: string, headers: string[] = [], body: string | Uint8Array | null = null, most = 4_000_000): Seen {
  const values: string[] = [];
  const names: string[] = [];
  const parsed = readRequest(
    { method: 'POST', target, headers, body: typeof body === 'string' ? Buffer.from(body) : body },
    most,
    () => (text, _, role, parent, key) => {
      if (role === 'name') names.push(text);
      else if (parent?.key !== 'path' && parent?.key !== 'header') values.push(`${placeOf(parent, key)}=${text}`);
    },
    () => false,
  );
  return { parsed, values, names };
}

function readBody(type: string, body: string | Uint8Array, headers: string[] = [], most?: number): Seen {
  return read('/', ['Content-Type', type, ...headers], body, most);
}

const oddities = ({ parsed }: Seen): string[] => parsed.oddities.map(({ kind }) => kind);

describe('query and form', () => {
  it.each([
    ['a=1&b=2', ['query.a=1', 'query.b=2']],
    ['a=%27+x', ["query.a=' x"]],
    ['a', []],
    ['a=', []],
    ['=x', ['query.=x']],
    ['&&a=1&', ['query.a=1']],
    ['a=1=2', ['query.a=1=2']],
    ['a=1&a=2', ['query.a=1', 'query.a=2', 'query.a=1,2']],
    ['a[]=1&a[]=2', ['query.a[]=1', 'query.a[]=2', 'query.a[]=1,2']],
    ['a=%zz%4', ['query.a=%zz%4']],
    ['a=1;b=2', ['query.a=1;b=2']],
    ['a=+ADw-', ['query.a= ADw-', 'query.a=<']],
    ['x.y=1?z', ['query.x?y=1?z']],
  ])('%s', (query, expected) => {
    expect(read(`/?${query}`).values).toEqual(expected);
    const form = readBody('application/x-www-form-urlencoded', query);
    expect(form.values).toEqual(expected.map((one) => one.replace('query', 'body')));
    expect(form.parsed.bodyFormat).toBe('form');
  });

  it('tells of names that come twice and of overlong characters', () => {
    expect(oddities(read('/?a=1&a=2'))).toEqual(['parameter-twice']);
    expect(oddities(read('/?a[]=1&a[]=2'))).toEqual([]);
    expect(oddities(read('/?a=%c0%ae'))).toEqual(['overlong-utf8']);
    expect(oddities(read('/?a[1]b=1'))).toEqual(['parameter-name-odd']);
  });

  it('visits each value of URLSearchParams', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 8 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name }), (pairs) => {
        const written = new URLSearchParams(pairs).toString();
        const expected = [...new URLSearchParams(written)]
          .filter(([, value]) => value !== '')
          .map(([, value]) => value);
        const visited = read(`/?${written}`).values.map((one) => one.slice(one.indexOf('=', 6) + 1));
        expect(visited.filter((one) => expected.includes(one)).length).toBeGreaterThanOrEqual(expected.length);
      }),
    );
  });
});

describe('bodies by type', () => {
  it.each([
    ['application/json', '{"a":"x"}', 'json', ['body.a=x']],
    ['application/problem+json; charset=utf-8', '{"a":"x"}', 'json', ['body.a=x']],
    ['text/plain', '{"a":"x"}', 'json', ['body.a=x']],
    ['', '{"a":"x"}', 'json', ['body.a=x']],
    ['', 'a=x', 'form', ['body.a=x']],
    ['text/plain', 'a=x', 'text', ['body.text=a=x']],
    ['text/html', '<b>x</b>', 'text', ['body.text=<b>x</b>']],
    ['application/xml', '<a b="1">x</a>', 'xml', ['body.b=1', 'body.a=x']],
    ['', '<a>x</a>', 'xml', ['body.a=x']],
    ['application/x-ndjson', '{"a":"x"}\n{"a":"y"}\n', 'json', ['body[0].a=x', 'body[1].a=y']],
    ['application/graphql', '{ a(b: "x") }', 'graphql', ['body.query=x']],
    ['application/json', '{"query":"{ a(b: \\"x\\") }"}', 'json', ['body.query=x']],
    ['application/json', '{"query":"a { b"}', 'json', ['body.query=a { b']],
    ['application/x-www-form-urlencoded', '{"a":"x"}', 'form', ['body.a=x']],
    ['image/png', '\0\u0001\0\u0001\0\u0001', 'binary', []],
    ['image/svg+xml', '<svg onload="x"/>', 'xml', ['body.onload=x']],
    ['application/octet-stream', 'plain words', 'text', ['body.text=plain words']],
  ])('%s: %s', (type, body, format, expected) => {
    const seen = type === '' ? read('/', [], body) : readBody(type, body);
    expect(seen.values).toEqual(expected);
    expect(seen.parsed.bodyFormat).toBe(format);
  });

  it('judges what begins like GraphQL and is none as text, too', () => {
    const text = '{ a } <b>x</b>';
    expect(readBody('application/json', JSON.stringify({ query: text })).values).toContain(`body.query=${text}`);
  });

  it('reads comments in GraphQL', () => {
    expect(readBody('application/graphql', '# <b>\n{ a }').values).toEqual(['body.query=<b>']);
  });
});

describe('codings', () => {
  const json = Buffer.from('{"a":"x"}');
  it.each([
    ['gzip', gzipSync(json)],
    ['x-gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['br', brotliCompressSync(json)],
    ['zstd', zstdCompressSync(json)],
    ['GZIP, br', brotliCompressSync(gzipSync(json))],
    ['identity', json],
  ])('%s', (coding, body) => {
    const seen = readBody('application/json', body, ['Content-Encoding', coding]);
    expect(seen.values).toEqual(['body.a=x']);
    expect(oddities(seen)).toEqual([]);
  });

  it.each([
    ['gzip', json, 'encoding-broken'],
    ['lzma', json, 'encoding-unknown'],
    ['gzip,gzip,gzip,gzip', json, 'encoding-bomb'],
    ['gzip', gzipSync(Buffer.alloc(300_000)), 'encoding-bomb'],
    ['br', brotliCompressSync(Buffer.alloc(300_000)), 'encoding-bomb'],
  ])('tells of trouble with %s', (coding, body, kind) => {
    expect(oddities(readBody('application/json', body, ['Content-Encoding', coding], 100_000))).toContain(kind);
  });
});

describe('charsets', () => {
  const text = '{"a":"<é>"}';
  const wide = Buffer.from(text, 'utf16le');
  it.each([
    ['application/json', Buffer.from(text)],
    ['application/json', Buffer.from(`\ufeff${text}`)],
    ['application/json; charset=ISO-8859-1', Buffer.from(text, 'latin1')],
    ['application/json; charset="windows-1252"', Buffer.from(text, 'latin1')],
    ['application/json', wide],
    ['application/json', Buffer.from(wide).swap16()],
    ['application/json; charset=utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), wide])],
    ['application/json; charset=nonsense', Buffer.from(text)],
  ])('%s', (type, body) => {
    expect(readBody(type, body).values).toEqual(['body.a=<é>']);
  });
});

describe('XML', () => {
  it.each([
    ['<a>x &lt;b&gt; &amp;lt;</a>', ['body.a=x <b> &lt;']],
    ['<a><![CDATA[<b>]]></a>', ['body.a=<b>']],
    ['<a><!-- c --></a>', ['body.a=c']],
    ['<a b=\'1\' c="2>3" d=4 />', ['body.b=1', 'body.c=2>3', 'body.d=4']],
    ['<?xml version="1.0"?><?php x?><a/>', ['body.xml=php x']],
    ['<!DOCTYPE a [<!ENTITY e SYSTEM "file:///x">]><a>&e;</a>', ['body.dtd=file:///x', 'body.a=&e;']],
    ['<a><b>1</b><c>2</c></a>', ['body.a?b=1', 'body.a?c=2']],
    ['<a b="1', ['body.b=1', 'body.xml=a b="1']],
    ['x < y', ['body.xml=x', 'body.xml= y']],
    ['<a>', []],
  ])('%s', (body, expected) => {
    expect(readBody('application/xml', body).values).toEqual(expected);
  });
});
