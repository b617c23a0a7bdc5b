/**
 * A year of a small shop as numbers: quiet nights, busy noons, a few big customers and many small ones, robots that look for
 * doors that are not there, and three days on which somebody guesses passwords. Everything comes from one seed.
 */

export type ShapedCall = {
  time: number;
  service: number | null;
  route: number | null;
  method: number;
  path: number;
  status: number;
  code: number | null;
  consumer: number | null;
  key: number | null;
  address: number;
  outcome: number;
  durationUs: number;
};

export type Word = { id: number; kind: string; text: string };

export const DAYS = 365;
const DAY_MS = 86_400_000;
const CONSUMERS = 40;
const ADDRESSES = 5_000;
const ROBOTS = 400;
const ATTACK_DAYS = new Set([91, 200, 330]);
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 15, 16, 16, 15, 14, 14, 13, 13, 14, 15, 14, 10, 5, 2];

const ROUTES = [
  ['shop', 'GET /products', 'GET', 30],
  ['shop', 'GET /products/{productId}', 'GET', 25],
  ['shop', 'GET /customers/{customerId}', 'GET', 8],
  ['shop', 'GET /orders', 'GET', 8],
  ['shop', 'GET /orders/{orderId}', 'GET', 10],
  ['shop', 'POST /orders', 'POST', 5],
  ['shop', 'PUT /orders/{orderId}', 'PUT', 2],
  ['shop', 'POST /login', 'POST', 4],
  ['shop', 'DELETE /orders/{orderId}', 'DELETE', 0.2],
  ['stock', 'GET /stock/{sku}', 'GET', 6],
  ['stock', 'PATCH /stock/{sku}', 'PATCH', 1.5],
  ['stock', 'GET /stock', 'GET', 0.3],
] as const;
const STRANGE_PATHS = ['/wp-login.php', '/.env', '/admin', '/phpmyadmin/{…}', '/.git/config', '/api/v1/{…}'];
const CODES = [
  'rate-limited',
  'key-missing',
  'key-invalid',
  'scope-missing',
  'route-unknown',
  'upstream-timeout',
  'key-mistyped',
] as const;

/** mulberry32: fast, and the same on every machine. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class Vocabulary {
  readonly words: Word[] = [];
  readonly #ids = new Map<string, number>();

  id(kind: string, text: string): number {
    const key = `${kind} ${text}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.words.length + 1;
      this.words.push({ id, kind, text });
      this.#ids.set(key, id);
    }
    return id;
  }
}

/** Calls in the order of time, `total` in all, ending at `end`. */
export function* shapedCalls(total: number, end: number, words: Vocabulary): Generator<ShapedCall> {
  const random = seeded(20_260_105);
  const routes = ROUTES.map(([service, route, method]) => ({
    service: words.id('service', service),
    route: words.id('route', route),
    method: words.id('method', method),
    path: words.id('path', route.slice(method.length + 1)),
  }));
  const login = ROUTES.findIndex(([, route]) => route === 'POST /login');
  const strange = STRANGE_PATHS.map((path) => words.id('path', path));
  const codes = Object.fromEntries(CODES.map((code) => [code, words.id('code', code)])) as Record<
    (typeof CODES)[number],
    number
  >;
  const consumers = Array.from({ length: CONSUMERS }, (_, at) => words.id('consumer', `customer-${at + 1}`));
  const keys = Array.from({ length: CONSUMERS }, (_, at) => words.id('key', `k_${at + 1}`));
  const addresses = Array.from({ length: ADDRESSES + ROBOTS }, (_, at) =>
    words.id('address', `203.${at >> 14}.${(at >> 7) & 127}.${at & 127}`),
  );
  const weights = cumulative(ROUTES.map(([, , , weight]) => weight));
  const hours = cumulative(HOURS);
  const perDay = total / (DAYS + ATTACK_DAYS.size * 15);
  let made = 0;
  for (let day = 0; day < DAYS; day += 1) {
    const attack = ATTACK_DAYS.has(day);
    const count = day === DAYS - 1 ? total - made : Math.round(perDay * (attack ? 16 : 1));
    made += count;
    const start = end - (DAYS - day) * DAY_MS;
    for (let at = 0; at < count; at += 1) {
      const time = start + Math.floor(timeOfDay(hours, (at + random()) / count));
      const guessing = attack && random() < 15 / 16;
      yield guessing ? guess(time) : random() < 0.03 ? robot(time) : customer(time);
    }
  }

  function customer(time: number): ShapedCall {
    const who = Math.min(CONSUMERS - 1, Math.floor(CONSUMERS * random() ** 3));
    const from = Math.floor(ADDRESSES * random() ** 3);
    const route = routes[pick(weights, random())];
    const chance = random();
    const durationUs = Math.floor(800 + 60_000 * random() ** 6);
    const base = { ...found(route), time, consumer: consumers[who] ?? null, key: keys[who] ?? null };
    const address = addresses[from] ?? 1;
    if (chance < 0.006)
      return { ...base, address, status: 429, code: codes['rate-limited'], outcome: 1, durationUs: 90 };
    if (chance < 0.009)
      return { ...base, address, status: 403, code: codes['scope-missing'], outcome: 1, durationUs: 80 };
    if (chance < 0.0095)
      return { ...base, address, status: 504, code: codes['upstream-timeout'], outcome: 2, durationUs: 30_000_000 };
    if (chance < 0.012) return { ...base, address, status: 500, code: null, outcome: 2, durationUs };
    return {
      ...base,
      address,
      status: chance < 0.05 ? 404 : chance < 0.1 ? 201 : 200,
      code: null,
      outcome: 0,
      durationUs,
    };
  }

  function robot(time: number): ShapedCall {
    const none = { service: null, route: null, consumer: null, key: null };
    const address = addresses[ADDRESSES + Math.floor(ROBOTS * random())] ?? 1;
    const method = routes[0]?.method ?? 1;
    const path = strange[Math.floor(strange.length * random())] ?? 1;
    return {
      ...none,
      time,
      method,
      path,
      address,
      status: 404,
      code: codes['route-unknown'],
      outcome: 1,
      durationUs: 60,
    };
  }

  function guess(time: number): ShapedCall {
    const address = addresses[ADDRESSES + Math.floor(20 * random())] ?? 1;
    const through = random() < 0.02;
    return {
      ...{ ...found(routes[login]), time, consumer: null, key: null, address },
      ...(through
        ? { status: 401, code: null, outcome: 0, durationUs: 4_000 }
        : { status: 429, code: codes['rate-limited'], outcome: 1, durationUs: 70 }),
    };
  }
}

type Place = { service: number; route: number; method: number; path: number };

function found(place: Place | undefined): Place {
  if (place === undefined) throw new Error('the list of routes is never empty');
  return place;
}

function cumulative(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let sofar = 0;
  return weights.map((weight) => {
    sofar += weight / sum;
    return sofar;
  });
}

function pick(shares: readonly number[], chance: number): number {
  const at = shares.findIndex((share) => chance < share);
  return at === -1 ? shares.length - 1 : at;
}

function timeOfDay(hours: readonly number[], share: number): number {
  const hour = pick(hours, share);
  const from = hours[hour - 1] ?? 0;
  const width = (hours[hour] ?? 1) - from;
  return Math.min(DAY_MS - 1, (hour + (share - from) / width) * 3_600_000);
}
