import type { Exchange } from './exchange.ts';

/**
 * The exchanges under way, as a dense array in which the last one fills a gap. A `Set` would do the same and cost a sixth of the
 * gateway's time: each time V8 grows or shrinks its table, the table given up goes on pointing at the new one, and once such
 * a table has aged, every exchange lives until the next full collection.
 */
export class ActiveExchanges implements Iterable<Exchange> {
  readonly #exchanges: Exchange[] = [];

  get size(): number {
    return this.#exchanges.length;
  }

  add(x: Exchange): void {
    x.activeIndex = this.#exchanges.push(x) - 1;
  }

  /** Does nothing for an exchange that is not (or no longer) in it. */
  delete(x: Exchange): void {
    const index = x.activeIndex;
    if (index === -1) return;
    x.activeIndex = -1;
    const last = this.#exchanges.pop();
    if (last === undefined || last === x) return;
    this.#exchanges[index] = last;
    last.activeIndex = index;
  }

  /** Over a copy: what is done to an exchange may end it. */
  [Symbol.iterator](): Iterator<Exchange> {
    return this.#exchanges.slice()[Symbol.iterator]();
  }
}
