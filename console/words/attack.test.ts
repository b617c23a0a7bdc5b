import { expect, test } from 'vitest';
import { FieldPattern } from '../../src/contracts/config/attack-filter-config.ts';
import { ATTACK_KINDS } from '../../src/contracts/detection/attack-kinds.ts';
import { excludableField } from '../../src/contracts/detection/places.ts';
import { attackTitle, fieldInWords } from './attack.ts';
import { english } from './testdata/english.ts';

const { t } = english;

test.each([
  ['query.q', '“q” in the address'],
  ['body.items[*].note', '“note”'],
  ['body[*]', 'a part of it'],
  ['body.{…}', 'a part of it'],
  ['header.user-agent', 'the header “user-agent”'],
  ['cookie.theme', 'the cookie “theme”'],
  ['path[2]', 'the path'],
  ['path.whole', 'the path'],
  ['something.new', 'a part of it'],
])('%s is called %s', (place, words) => expect(fieldInWords(t, place)).toBe(words));

test.each([
  ['query.q', 'query.q'],
  ['query.{…}', 'query.*'],
  ['body.items[*].note', 'body.items[*].note'],
])('%s is excluded as %s', (place, field) => {
  expect(excludableField(place)).toBe(field);
  expect(FieldPattern.safeParse(field).success).toBe(true);
});

test('every kind has its words', () => {
  for (const kind of ATTACK_KINDS) expect(attackTitle(english, kind)).not.toBe(kind);
  expect(attackTitle(english, 'newer')).toBe('newer');
});
