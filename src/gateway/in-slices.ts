import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE = 100;

/** Does something for each item and lets the event loop turn now and then, so that a large configuration stops no request. */
export async function inSlices<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    work(item);
    if (++count % SLICE === 0) await nextTurn();
  }
}
