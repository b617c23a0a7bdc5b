import { expect, test } from 'vitest';
import { withMode } from './with-mode.ts';

test.each([
  ['validate', { body: { type: 'object' }, mode: 'monitor' }, 'enforce', { body: { type: 'object' }, mode: 'enforce' }],
  ['bans', undefined, 'off', { mode: 'off' }],
  ['responseGuard', { cards: 'block' }, 'monitor', { cards: 'block', mode: 'monitor' }],
  ['loginProtection', { perAddress: 3 }, 'off', 'off'],
  ['loginProtection', 'off', 'enforce', {}],
  ['loginProtection', { perAddress: 3 }, 'enforce', { perAddress: 3 }],
  ['ownership', undefined, 'enforce', { learn: { mode: 'enforce' } }],
  ['ownership', 'learn', 'off', { learn: { mode: 'off' } }],
  ['ownership', { learn: { period: '5d' } }, 'enforce', { learn: { period: '5d', mode: 'enforce' } }],
  [
    'ownership',
    [{ param: 'id', equals: 'consumer.name' }, { learn: {} }],
    'enforce',
    [{ param: 'id', equals: 'consumer.name' }, { learn: { mode: 'enforce' } }],
  ],
] as const)('%s %j becomes %s and stays otherwise as it was', (member, before, mode, after) => {
  expect(withMode(member, before, mode)).toEqual(after);
});
