import { type Answer, invalid, notFound, privateJson, Refusal } from '../answers.ts';
import { readObject } from '../body.ts';
import { inTransaction, one, run } from '../database.ts';
import { signedIn } from '../identity.ts';
import type { Route, Visit } from '../router.ts';
import { ORDERS } from '../seed.ts';
import type { Shop, Viewer } from '../shop.ts';
import { type OrderRow, shownOrder } from './orders.ts';

interface Product {
  id: number;
  price_cents: number;
  stock: number;
  limited: number;
}

interface Line {
  product: Product;
  quantity: number;
}

function readLines(shop: Shop, body: Record<string, unknown>): Line[] {
  const items = body.items;
  if (!Array.isArray(items) || items.length === 0 || items.length > 20) throw invalid('"items" needs 1 to 20 entries.');
  return items.map((item: unknown) => {
    const { productId, quantity } = (item ?? {}) as Record<string, unknown>;
    if (typeof productId !== 'number' || !Number.isSafeInteger(productId)) throw invalid('"productId" is missing.');
    if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity)) throw invalid('"quantity" is missing.');
    // WEAKNESS order-quantity-unchecked: minus three mugs make the sum smaller.
    if (!shop.weak('order-quantity-unchecked') && (quantity < 1 || quantity > 100)) {
      throw invalid('"quantity" must be between 1 and 100.');
    }
    const product = one<Product>(shop.db, 'SELECT id, price_cents, stock, limited FROM products WHERE id = ?', [
      productId,
    ]);
    if (!product) throw notFound('product');
    return { product, quantity };
  });
}

function alreadyBought(shop: Shop, viewer: Viewer, productId: number): number {
  const row = one<{ pieces: number }>(
    shop.db,
    `SELECT coalesce(sum(quantity), 0) AS pieces FROM order_lines JOIN orders ON orders.id = order_id
     WHERE customer_id = ? AND product_id = ?`,
    [viewer.customerId, productId],
  );
  return row?.pieces ?? 0;
}

function checkRules(shop: Shop, viewer: Viewer, lines: readonly Line[]): void {
  const pieces = new Map<Product['id'], number>();
  for (const { product, quantity } of lines) {
    const wanted = (pieces.get(product.id) ?? 0) + quantity;
    pieces.set(product.id, wanted);
    if (wanted > product.stock) throw new Refusal(409, 'sold-out', 'There are not that many left.');
    // WEAKNESS limited-edition-unlimited: the page says "one per customer", and only the page does.
    if (product.limited === 1 && !shop.weak('limited-edition-unlimited')) {
      if (wanted + alreadyBought(shop, viewer, product.id) > 1) {
        throw new Refusal(409, 'one-per-customer', 'This piece is sold once per customer.');
      }
    }
  }
}

function totalOf(shop: Shop, body: Record<string, unknown>, lines: readonly Line[]): number {
  const asked = body.totalCents;
  // WEAKNESS order-price-from-client: the buyer says what it costs.
  if (shop.weak('order-price-from-client') && typeof asked === 'number' && Number.isSafeInteger(asked)) return asked;
  if (asked !== undefined) throw invalid('"totalCents" is worked out by the shop.');
  return lines.reduce((sum, { product, quantity }) => sum + product.price_cents * quantity, 0);
}

function store(shop: Shop, viewer: Viewer, lines: readonly Line[], totalCents: number): number {
  const id = run(
    shop.db,
    `INSERT INTO orders (customer_id, status, total_cents, tracking_number, created_at) VALUES (?, 'new', ?, '', ?)`,
    [viewer.customerId, totalCents, new Date().toISOString()],
  );
  for (const { product, quantity } of lines) {
    run(shop.db, 'INSERT INTO order_lines VALUES (?, ?, ?, ?)', [id, product.id, quantity, product.price_cents]);
    run(shop.db, 'UPDATE products SET stock = stock - ? WHERE id = ?', [quantity, product.id]);
  }
  // Practice traffic may run for days: keep the seed and the last thousand orders.
  run(shop.db, 'DELETE FROM orders WHERE id > ? AND id <= ?', [ORDERS, id - 1000]);
  return id;
}

async function place(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const viewer = signedIn(visit);
  const body = await readObject(visit);
  // From here on nothing waits, so two buyers of the last piece cannot overtake each other.
  const lines = readLines(shop, body);
  checkRules(shop, viewer, lines);
  const totalCents = totalOf(shop, body, lines);
  const orderId = inTransaction(shop.db, () => store(shop, viewer, lines, totalCents));
  shop.events.emit('order', { orderId, customerId: viewer.customerId, status: 'new', totalCents });
  const row = one<OrderRow>(shop.db, 'SELECT * FROM orders WHERE id = ?', [orderId]);
  if (!row) throw notFound('order');
  return privateJson(shownOrder(shop, row), 201, { location: `/api/orders/${orderId}` });
}

export const checkoutRoutes: Route[] = [{ method: 'POST', path: '/api/orders', handle: place }];
