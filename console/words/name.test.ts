import { expect, test } from 'vitest';
import { nameFrom } from './name.ts';

test.each([
  ['Web shop', 'web-shop'],
  ['  Café Größe  ', 'cafe-gro-e'],
  ['…', ''],
  ['-- till 2 --', 'till-2'],
  ['v1.2_beta', 'v1.2_beta'],
  ['x'.repeat(80), 'x'.repeat(64)],
])('%s', (title, name) => {
  expect(nameFrom(title)).toBe(name);
});
