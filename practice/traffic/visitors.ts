import type { Caller } from './caller.ts';
import type { Dice } from './dice.ts';

/** Customers of the seed, by their number. */
const CUSTOMERS = [
  { id: 2, email: 'tobias.finch.2@example.com' },
  { id: 3, email: 'ines.okafor.3@example.com' },
  { id: 4, email: 'callum.lindqvist.4@example.com' },
  { id: 5, email: 'yuki.marsh.5@example.com' },
  { id: 6, email: 'odile.delacroix.6@example.com' },
] as const;

const WORDS = ['mug', 'bowl', 'vase', 'tea', 'planter'];
/** Honest words that a careless filter takes for an attack. (The weak API's own search trips over the apostrophe.) */
const HARDER_WORDS = ["potter's wheel", 'salt & pepper', 'mugs <3'];
const SIGN_IN_EVERY_MS = 25_000;

/** Several customers who look around, search, order and look after their orders. */
export class Visitors {
  readonly #caller: Caller;
  readonly #dice: Dice;
  readonly #password: string;
  readonly #sessions = new Map<number, string>();
  #lastSignIn = Number.NEGATIVE_INFINITY;

  constructor(caller: Caller, dice: Dice, password: string) {
    this.#caller = caller;
    this.#dice = dice;
    this.#password = password;
  }

  /** One small thing that one of them does: one or two calls. */
  async step(): Promise<void> {
    const person = this.#dice.pick(CUSTOMERS);
    const session = this.#sessions.get(person.id);
    // People stay signed in: a new sign-in now and then, well below what a login limit allows.
    if (!session && performance.now() - this.#lastSignIn > SIGN_IN_EVERY_MS) return this.#signIn(person);
    const doings = session ? [...this.#open, ...this.#signedIn(person.id, session)] : this.#open;
    return this.#dice.pick(doings)();
  }

  async #signIn({ id, email }: { id: number; email: string }): Promise<void> {
    this.#lastSignIn = performance.now();
    const body = { email, password: this.#password };
    const { status, value } = await this.#caller.call({ method: 'POST', path: '/api/login', body });
    if (status === 200) this.#sessions.set(id, String((value as { token: unknown }).token));
  }

  readonly #get = async (path: string, session?: string): Promise<void> => {
    await this.#caller.call({ path, session });
  };

  readonly #open: ReadonlyArray<() => Promise<void>> = [
    () => this.#get('/'),
    () => this.#get('/api/products'),
    () => this.#get('/api/products?limit=12&sort=price_cents'),
    () => this.#get(`/api/products/${1 + this.#dice.roll(30)}`),
    () => this.#get(`/products/${1 + this.#dice.roll(30)}`),
    () => this.#get(`/search?q=${encodeURIComponent(this.#dice.pick([...WORDS, ...HARDER_WORDS]))}`),
    () => this.#get(`/api/search?q=${encodeURIComponent(this.#dice.pick(WORDS))}`),
  ];

  #signedIn(id: number, session: string): Array<() => Promise<void>> {
    const order = id + 40 * this.#dice.roll(3);
    return [
      () => this.#get('/api/orders?limit=10', session),
      () => this.#get(`/api/orders/${order}`, session),
      () => this.#get(`/api/orders/${id + 40}/tracking`, session),
      () => this.#get(`/api/customers/${id}`, session),
      () => this.#get('/account', session),
      () => this.#buy(id, session),
    ];
  }

  async #buy(id: number, session: string): Promise<void> {
    // Everything but the limited piece, which is gone when it is gone.
    const items = [{ productId: 1 + this.#dice.roll(29), quantity: 1 + this.#dice.roll(2) }];
    const { status, value } = await this.#caller.call({
      method: 'POST',
      path: '/api/orders',
      body: { items },
      session,
    });
    if (status === 201) await this.#get(`/api/orders/${(value as { id: number }).id}`, session);
    // The session has ended, or the shop was started anew.
    if (status === 401) this.#sessions.delete(id);
  }
}
