import { expect, it } from 'vitest';
import { compileBlockList } from './block-list.ts';

const filter = compileBlockList({
  deny: ['203.0.113.0/24', '198.51.100.7', '2001:db8:bad::/48'],
  allow: ['203.0.113.9', '2001:db8:bad:1::/64'],
});

it.each([
  ['203.0.113.1', true],
  ['203.0.113.9', false],
  ['203.0.114.1', false],
  ['198.51.100.7', true],
  ['198.51.100.8', false],
  ['2001:db8:bad::1', true],
  ['2001:db8:bad:1::1', false],
  ['2001:db8::1', false],
  ['unknown', false],
])('%s blocked: %s', (address, blocked) => {
  expect(filter?.blocks(address)).toBe(blocked);
});

it('costs nothing where nobody is blocked', () => {
  expect(compileBlockList(null)).toBeNull();
  expect(compileBlockList({ deny: [], allow: ['192.0.2.1'] })).toBeNull();
});
