import { expect, test } from 'vitest';
import { KnownPlaces } from './known-places.ts';

test('names that a program gives are told apart; what a caller made up is not', () => {
  const places = new KnownPlaces();
  for (const place of ['query.q', 'body.items[*].note', 'header.user-agent', 'path.whole', 'body']) {
    expect(places.nameOf(place)).toBe(place);
  }
  expect(places.nameOf('query.7f3a?')).toBe('query.{…}');
  expect(places.nameOf(`body.${'a'.repeat(40)}.note`)).toBe('body.{…}');
  expect(places.nameOf('path[3]')).toBe('path[3]');
});

test('only so many are told apart, and those that are stay so', () => {
  const places = new KnownPlaces();
  const names = Array.from({ length: 1_000 }, (_, i) => places.nameOf(`query.name${i}`));
  expect(new Set(names).size).toBe(101);
  expect(places.nameOf('query.name0')).toBe('query.name0');
  expect(places.nameOf('query.another')).toBe('query.{…}');
});
