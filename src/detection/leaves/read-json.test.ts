import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../leaf.ts';
import { readJson } from './read-json.ts';
import { Reading } from './reading.ts';

type Seen = { strict: boolean; values: string[]; names: string[]; oddities: string[] };

function read(text: string): Seen {
  const values: string[] = [];
  const names: string[] = [];
  const reading = new Reading((one, _, role, parent, key) => {
    if (role === 'name') names.push(one);
    else values.push(`${placeOf(parent, key)}=${one}`);
  });
  const strict = readJson(reading, text, null, 'body');
  return { strict, values, names, oddities: reading.oddities.map(({ kind }) => kind) };
}

/** The texts that are in a value that JSON.parse has made, in the order of the document. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === '' ? [] : [name]), ...textsIn(inner)]);
}

describe('JSON to the letter', () => {
  it('visits the texts that JSON.parse makes, each once', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const { strict, values, names, oddities } = read(JSON.stringify(value, null, indent));
        expect(strict).toBe(true);
        expect(oddities).toEqual([]);
        const visited = [...values.map((one) => one.slice(one.indexOf('=') + 1)), ...names];
        // A name or place may hold the sign that parts them here, so only their number is compared then.
        if (json.includes('=')) expect(visited.length).toBe(textsIn(value).length);
        else expect(visited.sort()).toEqual(textsIn(value).sort());
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['{"a":{"b":["x",{"c":"y"}]}}', ['body.a.b[0]=x', 'body.a.b[1].c=y']],
    ['["x",["y"]]', ['body[0]=x', 'body[1][0]=y']],
    ['"x"', ['body=x']],
    ['{"a":"\\u0041\\n\\/\\"\\\\"}', ['body.a=A\n/"\\']],
    ['{"a":"\\ud83d\\ude00"}', ['body.a=😀']],
    ['{"a":"x\\\\","b":"y"}', ['body.a=x\\', 'body.b=y']],
    ['{"a":1,"b":true,"c":null,"d":-1.5e3}', []],
    ['{"":"x"}', ['body.=x']],
    [' [ "x" , "y" ] ', ['body[0]=x', 'body[1]=y']],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject({ strict: true, values: expected, oddities: [] });
  });

  it('visits both values of a name that stands twice, and tells', () => {
    const { values, oddities, strict } = read('{"a":"x","b":1,"a":"y"}');
    expect(values).toEqual(['body.a=x', 'body.a=y']);
    expect(oddities).toEqual(['json-duplicate-name']);
    expect(strict).toBe(true);
    const many = Array.from({ length: 50 }, (_, i) => `"k${i}":1`).join();
    expect(read(`{${many}}`).oddities).toEqual([]);
    expect(read(`{${many},"k7":2}`).oddities).toEqual(['json-duplicate-name']);
    expect(read('{"a":1,"\\u0061":2}').oddities).toEqual(['json-duplicate-name']);
    expect(read('[{"a":1},{"a":2}]').oddities).toEqual([]);
  });
});

describe('what other readers take for JSON', () => {
  it.each([
    ["{'a':'x'}", ['body.a=x']],
    ['{a:"x"}', ['body.a=x']],
    ['{"a":"x",}', ['body.a=x']],
    ['["x",]', ['body[0]=x']],
    ['// c\n{"a":"x"}', ['body.a=x']],
    ['{/* c */"a":"x"}', ['body.a=x']],
    ['{"a":x}', ['body.a=x']],
    ['{"a":"x"', ['body.a=x']],
    ['{"a":"x', ['body.a=x']],
    ['{"a" "x"}', []],
    ['{"a":1 or 2}', ['body.a=1 or 2']],
    ['{"a":{"b":"x"}', ['body.a.b=x']],
    ['{"a":0x10}', ['body.a=0x10']],
  ])('%s', (text, expected) => {
    const { values, strict } = read(text);
    expect(values).toEqual(expect.arrayContaining(expected));
    expect(strict).toBe(false);
  });

  it('passes nothing over', () => {
    for (const text of [
      '{"a":1} <b>',
      '{"a":1}}<b>',
      '[1]<b>',
      '{"a" <b>}',
      '{"a":1 /*<b>*/}',
      '{<b>',
      '[,<b>]',
      '"x"<b>',
    ]) {
      const { values, names } = read(text);
      expect([...values, ...names].join('\n'), text).toContain('<b>');
    }
  });
});

it('goes as deep as it must and says so', () => {
  const deep = '['.repeat(5_000);
  const { oddities, values } = read(`${deep}"x"`);
  expect(oddities).toContain('json-too-deep');
  expect(values.join()).toContain('"x"');
});

it('never throws, whatever it reads, and loses no word', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '\\',
    '"a"',
    '1',
    'true',
    '/*',
    '*/',
    '//',
    '\n',
    ' ',
    '\\u00',
    'zz',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces)), (some) => {
      const text = `{"k":"word"${some.join('')}`;
      const { values, names } = read(text);
      expect([...values, ...names].join()).toContain('word');
    }),
    { numRuns: 2000 },
  );
});
