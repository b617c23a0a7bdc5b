import type { DatabaseSync } from 'node:sqlite';
import { practicePasswordHash } from './passwords.ts';
import { LIMITED_PRODUCT, PRODUCTS } from './seed-products.ts';

/**
 * The practice data: the same rows every time. Made-up people only: example.com addresses (RFC 2606), telephone numbers
 * reserved for fiction (555-01xx), and the card companies' published test numbers.
 */
const FIRST = ['Marina', 'Tobias', 'Ines', 'Callum', 'Yuki', 'Odile', 'Bram', 'Safiya', 'Leif', 'Priya'];
const LAST = ['Holt', 'Finch', 'Okafor', 'Lindqvist', 'Marsh', 'Delacroix', 'Quill', 'Tanaka'];
const STREETS = ['Quay Lane', 'Kiln Street', 'Lighthouse Road', 'Net Loft Alley', 'Tidewater Close'];
const TEST_CARDS = ['4242424242424242', '5555555555554444', '378282246310005', '4000056655665556'];
const NOTES = ['', 'Pays late, always apologises.', 'Returned a chipped bowl.', 'Wholesale price agreed until June.'];
const STATUSES = ['paid', 'packed', 'shipped', 'delivered'];

export const CUSTOMERS = 40;
export const ORDERS = 120;
/** Its parcel's carrier answers something hostile (see `carrier-answer-trusted`). It belongs to the practice customer. */
export const ODD_PARCEL_ORDER = 2;

function pick<T>(list: readonly T[], place: number): T {
  const item = list[place % list.length];
  if (item === undefined) throw new Error('The seed has an empty list.');
  return item;
}

function seedCustomers(db: DatabaseSync): void {
  const insert = db.prepare('INSERT INTO customers VALUES (?,?,?,?,?,?,?,?,?,?)');
  for (let id = 1; id <= CUSTOMERS; id++) {
    const place = id - 1;
    const first = pick(FIRST, place);
    const last = pick(LAST, place + Math.floor(place / 10));
    insert.run(
      id,
      `${first} ${last}`,
      `${first}.${last}.${id}@example.com`.toLowerCase(),
      `+1-202-555-0${100 + place}`,
      `${3 + place * 2} ${pick(STREETS, place)}, Blue Harbour`,
      pick(TEST_CARDS, place),
      practicePasswordHash(),
      id === 1 ? 'staff' : 'customer',
      (place * 35) % 400,
      pick(NOTES, place),
    );
  }
}

function seedProducts(db: DatabaseSync): void {
  const insert = db.prepare('INSERT INTO products VALUES (?,?,?,?,?,?,?,?,?)');
  for (const [place, [name, category, cents, description]] of PRODUCTS.entries()) {
    const id = place + 1;
    const limited = id === LIMITED_PRODUCT;
    const cost = Math.round(cents * 0.4);
    insert.run(
      id,
      name,
      description,
      category,
      cents,
      cost,
      'Cove Clay Works',
      limited ? 12 : 100_000,
      limited ? 1 : 0,
    );
  }
}

function seedOrders(db: DatabaseSync): void {
  const order = db.prepare('INSERT INTO orders VALUES (?,?,?,?,?,?)');
  const line = db.prepare('INSERT INTO order_lines VALUES (?,?,?,?)');
  const firstDay = Date.UTC(2026, 0, 5, 9);
  for (let id = 1; id <= ORDERS; id++) {
    // Order n belongs to customer n (then 1 again): easy to follow in a lesson about walking through the numbers.
    const customer = ((id - 1) % CUSTOMERS) + 1;
    const lines = [id * 7, id * 11].slice(0, 1 + (id % 2)).map((number, place) => {
      const productId = (number % (PRODUCTS.length - 1)) + 1;
      return { productId, quantity: 1 + ((id + place) % 3), cents: pick(PRODUCTS, productId - 1)[2] };
    });
    const total = lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
    const tracking = id === ODD_PARCEL_ORDER ? 'PARCEL-ODD' : `PARCEL-${1000 + id}`;
    order.run(id, customer, pick(STATUSES, id), total, tracking, new Date(firstDay + id * 37_800_000).toISOString());
    for (const { productId, quantity, cents } of lines) line.run(id, productId, quantity, cents);
  }
}

function seedTheRest(db: DatabaseSync): void {
  const voucher = db.prepare('INSERT INTO vouchers VALUES (?,?)');
  voucher.run('4711', 2500);
  voucher.run('8080', 1000);
  const upload = db.prepare('INSERT INTO uploads (name, type, bytes, uploaded_at) VALUES (?,?,?,?)');
  const day = '2026-01-05T09:00:00.000Z';
  upload.run('opening-hours.txt', 'text/plain', Buffer.from('Tuesday to Saturday, 10 to 5.\n'), day);
  upload.run('invoice-0007.txt', 'text/plain', Buffer.from('Invoice 7, Yuki Marsh, 2 bowls, 56.00\n'), day);
}

export function seed(db: DatabaseSync): void {
  seedCustomers(db);
  seedProducts(db);
  seedOrders(db);
  seedTheRest(db);
}
