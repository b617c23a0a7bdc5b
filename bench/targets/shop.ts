import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey } from '../../src/platform/api-key.ts';
import type { Load } from '../load/wrk.ts';

/** The little API that every target protects in the same way, and the requests that are sent to it. */

export const CONSUMER = 'web-shop';
export const KEY = createApiKey();

/** What the upstream answers: about 170 bytes. */
export const ANSWER = JSON.stringify({
  id: 4711,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  city: 'London',
  orders: [1001, 1002, 1003],
  newsletter: false,
  since: '2024-05-17T09:30:00Z',
  note: 'pays on time',
});

export const GET_PATH = '/api/customers/';
export const POST_PATH = '/api/orders';
const CUSTOMER = `${GET_PATH}4711`;
const withKey = { 'X-API-Key': KEY };
const get = { method: 'GET', script: 'same.lua', args: ['GET'] } as const;

export const GET: Load = { ...get, path: CUSTOMER, headers: withKey, status: 200 };
export const WITHOUT_KEY: Load = { ...get, path: CUSTOMER, headers: {}, status: 401 };
export const UNKNOWN_PATH: Load = { ...get, path: '/wp-login.php', headers: withKey, status: 404 };

/** A new order of about 2 KB; `folder` keeps it for the load generator. */
export function postLoad(folder: string): Load {
  const file = join(folder, 'order.json');
  const lines = Array.from({ length: 22 }, (_, i) => ({
    article: `A-${1000 + i}`,
    text: 'Lamp shade, linen, 40 cm, natural',
    quantity: (i % 3) + 1,
    price: 19.9,
  }));
  writeFileSync(file, JSON.stringify({ customer: 4711, currency: 'EUR', lines }));
  return { method: 'POST', script: 'same.lua', args: ['POST', file], path: POST_PATH, headers: withKey, status: 200 };
}
