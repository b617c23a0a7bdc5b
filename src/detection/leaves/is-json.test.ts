import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isJsonText } from './is-json.ts';

function parses(text: string): boolean {
  if (!/^[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it('says what JSON.parse says of anything that may be JSON', () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '"a":',
        '1',
        '-',
        '0',
        '1.5e3',
        'true',
        'null',
        '\\',
        '\\u00e9',
        ' ',
        '\n',
        'x',
      ],
    ),
  );
  fc.assert(
    fc.property(
      pieces.map((some) => some.join('')),
      fc.constantFrom('[', '{', '{"a":'),
      (text, start) => {
        for (const one of [start + text, `[${text}]`, `{"a":${text}}`]) expect(isJsonText(one)).toBe(parses(one));
      },
    ),
    { numRuns: 3000 },
  );
});

it('takes every object and list that is written as JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (json, indent) => {
      const text = JSON.stringify([JSON.parse(json)], null, indent);
      expect(isJsonText(text)).toBe(true);
      expect(isJsonText(`${text} `)).toBe(true);
      expect(isJsonText(text.slice(0, -1))).toBe(false);
    }),
  );
});

it.each([
  '',
  'x',
  '1',
  '"a"',
  '{]',
  '[1,]',
  '{"a":1,}',
  "{'a':1}",
  '[01]',
  '["\t"]',
  '[1] 2',
  '[tru]',
  '["\\x41"]',
  '{"a"}',
])('refuses %j', (text) => {
  expect(isJsonText(text)).toBe(false);
});
