import { expect, test } from 'vitest';
import { scopeInWords, scopesInWords } from './scope.ts';
import { english } from './testdata/english.ts';

test.each([
  ['customers:read', 'see customers'],
  ['orders:write', 'change orders'],
  ['gift-cards.view', 'see gift cards'],
  ['chat:use', 'use chat'],
  ['admin', 'admin'],
  ['a:b:c', 'a:b:c'],
])('%s', (scope, words) => {
  expect(scopeInWords(english.t, scope)).toBe(words);
});

test('a list reads as a sentence', () => {
  const scopes = ['orders:read', 'orders:write', 'customers:read'];
  expect(scopesInWords(english.t, scopes, 'en')).toBe('see orders, change orders, and see customers');
});
