import { expect, test } from 'vitest';
import { FieldPattern } from '../../contracts/config/attack-filter-config.ts';
import { asPattern, compileFieldPattern } from './field-pattern.ts';

test.each([
  ['query.q', ['query.q'], ['query.qq', 'query', 'xquery.q', 'query.q.x']],
  ['body.items[*].note', ['body.items[3].note', 'body.items[*].note'], ['body.items.note', 'body.items[x].note']],
  ['body.items[3].note', ['body.items[3].note'], ['body.items[4].note']],
  ['body.article.*', ['body.article.html', 'body.article.a[2].b'], ['body.article', 'body.articles.html']],
  ['body*', ['body', 'body.note', 'body[0]'], ['query.body']],
  ['query.*', ['query.q'], ['query', 'body.q']],
  ['*', ['path.whole', 'query.q'], []],
  ['header.X-Note', ['header.x-note'], ['header.x-notes']],
  ['body.first name', ['body.first?name'], ['body.first.name']],
  ['body.a$b', ['body.a$b'], ['body.ab']],
])('%s', (pattern, covers, misses) => {
  expect(FieldPattern.safeParse(pattern).success).toBe(true);
  const test = compileFieldPattern(pattern);
  expect(covers.filter((place) => !test(place))).toEqual([]);
  expect(misses.filter(test)).toEqual([]);
});

test.each(['', 'note', 'query.', 'query.*.x', '**', 'body.a*b', 'head.x', 'queryq'])('"%s" is no field', (pattern) => {
  expect(FieldPattern.safeParse(pattern).success).toBe(false);
});

test('a place is kept as the pattern that names it', () => {
  expect(asPattern('body.items[3].tags[12]')).toBe('body.items[*].tags[*]');
});
