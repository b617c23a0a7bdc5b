import { expect, it } from 'vitest';
import { UnknownPaths } from './unknown-paths.ts';

it('tells new paths from old ones for each address, and forgets after the window', () => {
  const paths = new UnknownPaths();
  const fresh = Array.from({ length: 60 }, (_, i) => paths.isNew('203.0.113.1', `/door-${i}`, 0, 1_000));
  expect(fresh.filter(Boolean).length).toBeGreaterThanOrEqual(57);
  for (let i = 0; i < 60; i++) expect(paths.isNew('203.0.113.1', `/door-${i}`, 999, 1_000)).toBe(false);
  expect(paths.isNew('203.0.113.2', '/door-1', 999, 1_000)).toBe(true);
  expect(paths.isNew('203.0.113.1', '/door-1', 1_000, 1_000)).toBe(true);
});

it('keeps the last few thousand addresses', () => {
  const paths = new UnknownPaths();
  for (let i = 0; i < 5_000; i++) paths.isNew(`a${i}`, '/x', 0, 1_000);
  expect(paths.isNew('a4999', '/x', 1, 1_000)).toBe(false);
  expect(paths.isNew('a0', '/x', 1, 1_000)).toBe(true);
});
