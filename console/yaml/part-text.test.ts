import { expect, test } from 'vitest';
import { lineOf, readText, toText } from './part-text.ts';

test('what is written out is read back', () => {
  const value = { deny: ['203.0.113.0/24'], allow: [] };
  expect(readText(toText(value))).toEqual({ value });
  expect(toText(undefined)).toBe('');
  expect(readText(' \n')).toEqual({ value: null });
  expect(readText('{"a": [1]}')).toEqual({ value: { a: [1] } });
});

test('what is no YAML is refused with its line', () => {
  const read = readText('deny:\n  - 1\n - 2');
  expect(read).toMatchObject({ faults: [{ line: 3 }] });
});

test('an alias bomb is refused', () => {
  const bomb = [
    'a: &a [x, x, x]',
    ...[...'bcdefgh'].map((name, at) =>
      `${name}: &${name} [${'abcdefgh'[at]}]`.replace(/\[(.)\]/, '[*$1, *$1, *$1, *$1]'),
    ),
  ];
  expect(readText(bomb.join('\n'))).toMatchObject({ faults: [{ line: null }] });
});

test.each([
  ['blocklist.deny[1]', 'blocklist', 'deny:\n  - 203.0.113.7\n  - nobody\n', 3],
  [
    'services[0].routes[2].validate.form.fields["e-mail"].type',
    'validate',
    'form:\n  fields:\n    e-mail:\n      type: post\n',
    4,
  ],
  ['services[0].openapi.inline.paths["/a"].get', 'openapi.inline', 'paths:\n  /a:\n    get: 1\n', 3],
  ['blocklist.unknown', 'blocklist', 'deny: []\n', 1],
  ['services[0].name', 'blocklist', 'deny: []\n', null],
])('%s of %s', (place, part, text, line) => {
  expect(lineOf(text, part, place)).toBe(line);
});
