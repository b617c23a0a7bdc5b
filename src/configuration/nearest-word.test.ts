import { expect, test } from 'vitest';
import { editDistance, nearestWord } from './nearest-word.ts';

test.each([
  ['', '', 0],
  ['a', '', 1],
  ['kitten', 'sitting', 3],
  ['auht', 'auth', 1],
  ['metods', 'methods', 1],
])('from %j to %j it is %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

test.each([
  ['hostname', ['hostnames', 'https'], 'hostnames'],
  ['UPSTREAM', ['upstream', 'name'], 'upstream'],
  ['ratelimits', ['rateLimit', 'routes'], 'rateLimit'],
  ['plugins', ['version', 'server', 'services'], null],
  ['x'.repeat(100), ['x'], null],
])('%j among %j is %j', (word, known, nearest) => expect(nearestWord(word, known)).toBe(nearest));
