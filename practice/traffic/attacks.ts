import type { Caller } from './caller.ts';
import type { Dice } from './dice.ts';

/** Small doses of what every shop on the internet sees each day. They read, they guess, they change nothing. */
export interface Attack {
  name: string;
  run: (caller: Caller, dice: Dice, secondKey: string | undefined) => Promise<void>;
}

const SCANNER_PATHS = ['/.env', '/.git/config', '/wp-login.php', '/phpmyadmin/', '/backup/shop.sql', '/v1/customers'];
const COMMON_PASSWORDS = ['123456', 'password', 'qwerty', 'letmein', 'iloveyou', 'welcome1', 'pottery', 'summer2026'];

export const ATTACKS: readonly Attack[] = [
  {
    name: 'guessing a password',
    run: async (caller) => {
      const email = 'leif.tanaka.9@example.com';
      for (const password of COMMON_PASSWORDS) {
        await caller.call({ method: 'POST', path: '/api/login', body: { email, password }, key: null });
      }
    },
  },
  {
    name: 'calling without a key',
    run: async (caller) => {
      for (const path of ['/api/customers', '/api/orders', '/api/admin/summary'])
        await caller.call({ path, key: null });
    },
  },
  {
    name: 'walking through the numbers',
    run: async (caller, dice) => {
      const first = 1 + dice.roll(100);
      for (let id = first; id < first + 8; id++) await caller.call({ path: `/api/orders/${id}` });
    },
  },
  {
    name: 'looking for forgotten files',
    run: async (caller) => {
      for (const path of SCANNER_PATHS) await caller.call({ path, key: null });
    },
  },
  {
    name: 'using a key for what it was not made for',
    run: async (caller, _dice, secondKey) => {
      if (!secondKey) return;
      await caller.call({ path: '/api/customers?limit=5', key: secondKey });
      await caller.call({ path: '/api/admin/notes', key: secondKey });
      await caller.call({ path: '/api/orders', key: secondKey });
    },
  },
];
