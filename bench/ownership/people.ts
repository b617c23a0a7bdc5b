import type { Answered, Person, World } from './world.ts';

export type Dice = () => number;

export const roll = (dice: Dice, sides: number): number => Math.floor(dice() * sides);

export function pick<T>(dice: Dice, list: readonly T[]): T {
  const found = list[roll(dice, list.length)];
  if (found === undefined) throw new TypeError('nothing to pick from');
  return found;
}

export function person(label: string, customer: number, via: Person['via'], honest = true): Person {
  return { label, honest, customer, via, orders: new Set(), documents: [] };
}

export const PRODUCTS = 30;
const MINUTE_MS = 60_000;

/** How a fortnight is played: `lists` is the share of visits that begin with the list of one's own orders. */
export type Fortnight = {
  readonly name: string;
  readonly mode: 'monitor' | 'enforce';
  readonly seed: number;
  readonly lists: number;
  readonly visitsADay: number;
};

/** One visit of a customer: looks around, looks after their own orders, buys now and then; seldom mistypes a number. */
export async function visit(
  world: World,
  dice: Dice,
  who: Person,
  lists: number,
  newestOrder: () => number,
): Promise<void> {
  const get = (path: string, foreign = false): Promise<Answered> => {
    world.now += 2_000 + roll(dice, 20_000);
    return world.call(who, 'GET', path, { foreign });
  };
  for (let i = roll(dice, 5); i > 0; i--) await get(`/api/products/${1 + roll(dice, PRODUCTS)}`);
  // The others come by a link from a message: they open what was never listed to them.
  if (dice() < lists) for (const id of idsIn((await get('/api/orders?limit=20')).value)) who.orders.add(id);
  for (let i = roll(dice, 4); i > 0 && who.orders.size > 0; i--) {
    const order = pick(dice, [...who.orders]);
    await get(`/api/orders/${order}`);
    if (dice() < 0.4) await get(`/api/orders/${order}/tracking`);
  }
  if (dice() < 0.3) await get(`/api/customers/${who.customer}`);
  if (dice() < 0.02) await get(`/api/orders/${1 + roll(dice, newestOrder())}`, true);
  if (dice() < 0.15) await buy(world, dice, who);
  if (dice() < 0.15) await leaveDocument(world, who);
  if (dice() < 0.3 && who.documents.length > 0) await get(`/documents/${pick(dice, who.documents)}`);
}

export async function buy(world: World, dice: Dice, who: Person): Promise<number> {
  const items = [{ productId: 1 + roll(dice, PRODUCTS - 1), quantity: 1 }];
  world.now += 5_000;
  const { value } = await world.call(who, 'POST', '/api/orders', { body: { items } });
  const id = (value as { id?: unknown } | null)?.id;
  if (typeof id !== 'number') throw new TypeError('the practice shop did not take an order');
  who.orders.add(id);
  await world.call(who, 'GET', `/api/orders/${id}`);
  return id;
}

export async function leaveDocument(world: World, who: Person): Promise<void> {
  const { value } = await world.call(who, 'POST', '/documents', { body: { text: 'hello' } });
  who.documents.push(String((value as { id: unknown }).id));
}

/** A new customer signs up in the web shop; gives their number. */
export async function signUp(world: World, front: Person, number: number): Promise<number> {
  const body = { name: `New ${number}`, email: `new.${number}@example.com`, password: 'blue-harbour-demo' };
  const { value } = await world.call(front, 'POST', '/api/customers', { body });
  return Number((value as { id: unknown }).id);
}

/** Reads some of everybody's orders and customers, as an office does. */
export async function officeHour(world: World, dice: Dice, who: Person): Promise<void> {
  const ids = idsIn((await world.call(who, 'GET', '/api/orders?limit=50')).value);
  for (const id of ids.slice(0, 12)) {
    world.now += 20_000;
    await world.call(who, 'GET', `/api/orders/${id}`);
    if (dice() < 0.3) await world.call(who, 'GET', `/api/customers/${1 + roll(dice, 40)}`);
  }
}

/** Lists everything, then fetches it one by one. */
export async function report(world: World, who: Person): Promise<void> {
  const ids = idsIn((await world.call(who, 'GET', '/api/orders')).value);
  for (const id of ids.slice(0, 150)) {
    world.now += 200;
    await world.call(who, 'GET', `/api/orders/${id}`);
  }
}

/** Reads all products in their order, and places orders of its own. */
export async function partnerRun(world: World, dice: Dice, who: Person): Promise<void> {
  for (let id = 1; id <= PRODUCTS; id++) {
    world.now += 500;
    await world.call(who, 'GET', `/api/products/${id}`);
  }
  for (let i = 0; i < 3; i++) await buy(world, dice, who);
  for (const order of [...who.orders].slice(-6)) await world.call(who, 'GET', `/api/orders/${order}`);
  world.now += MINUTE_MS;
}

function idsIn(value: unknown): number[] {
  const { orders } = (value ?? {}) as { orders?: { id: number }[] };
  return (orders ?? []).map(({ id }) => id);
}
