import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withConsumersOf } from './with-consumers-of.ts';

test('rules of one file, callers of the other, with the comments of both', () => {
  const old = 'version: 1\n# the shop\nservices: []\nconsumers:\n  - name: gone\n';
  const now = 'version: 1\nservices: [x]\nconsumers:\n  # the till\n  - name: till\n';
  expect(withConsumersOf(old, now)).toBe(
    'version: 1\n# the shop\nservices: []\nconsumers:\n  # the till\n  - name: till\n',
  );
});

test('where nobody calls now, nobody comes back', () => {
  expect(withConsumersOf('version: 1\nconsumers: [{ name: gone }]\n', 'version: 1\n')).toBe('version: 1\n');
});

test('anchors from one file into the other are written out', () => {
  const now = 'x: &who { name: till }\nconsumers: [*who]\n';
  expect(parse(withConsumersOf('version: 1\nconsumers: []\n', now))).toEqual({
    version: 1,
    consumers: [{ name: 'till' }],
  });
});

test('what is no configuration is not taken', () => {
  expect(() => withConsumersOf('- a\n', 'version: 1\n')).toThrow(RangeError);
});
