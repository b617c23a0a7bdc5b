import { type Answer, notFound, privateJson } from '../answers.ts';
import { idParam } from '../body.ts';
import { all, one } from '../database.ts';
import { mayTouch, signedIn } from '../identity.ts';
import { pageOf } from '../paging.ts';
import type { Route, Visit } from '../router.ts';
import type { Shop } from '../shop.ts';

export interface OrderRow {
  id: number;
  customer_id: number;
  status: string;
  total_cents: number;
  tracking_number: string;
  created_at: string;
}

export function shownOrder(shop: Shop, row: OrderRow): Record<string, unknown> {
  const lines = all<{ product_id: number; quantity: number; price_cents: number }>(
    shop.db,
    'SELECT product_id, quantity, price_cents FROM order_lines WHERE order_id = ?',
    [row.id],
  );
  return {
    id: row.id,
    customerId: row.customer_id,
    status: row.status,
    totalCents: row.total_cents,
    createdAt: row.created_at,
    items: lines.map((line) => ({
      productId: line.product_id,
      quantity: line.quantity,
      priceCents: line.price_cents,
    })),
  };
}

function list(visit: Visit): Answer {
  const { shop } = visit;
  // WEAKNESS orders-keyless: without a sign-in, everybody's orders come back.
  const viewer = shop.weak('orders-keyless') ? visit.viewer : signedIn(visit);
  const { limit, offset } = pageOf(visit);
  const everybody = viewer === null || viewer.role === 'staff';
  const rows = all<OrderRow>(
    shop.db,
    'SELECT * FROM orders WHERE customer_id = ? OR ? ORDER BY id DESC LIMIT ? OFFSET ?',
    [viewer?.customerId ?? 0, everybody ? 1 : 0, limit, offset],
  );
  return privateJson({ orders: rows.map((row) => shownOrder(shop, row)) });
}

/** @throws Refusal 401 or 404 */
export function orderForVisit(visit: Visit): OrderRow {
  const { shop } = visit;
  const id = idParam(visit, 'orderId');
  const viewer = shop.weak('orders-keyless') ? visit.viewer : signedIn(visit);
  const row = one<OrderRow>(shop.db, 'SELECT * FROM orders WHERE id = ?', [id]);
  if (!row) throw notFound('order');
  // WEAKNESS order-by-any-id: the number in the address is all that decides. (Without a sign-in there is nobody to
  // compare with: that is orders-keyless.)
  if (viewer && !shop.weak('order-by-any-id') && !mayTouch(viewer, row.customer_id)) throw notFound('order');
  return row;
}

const single = (visit: Visit): Answer => privateJson(shownOrder(visit.shop, orderForVisit(visit)));

export const orderRoutes: Route[] = [
  { method: 'GET', path: '/api/orders', handle: list },
  { method: 'GET', path: '/api/orders/{orderId}', handle: single },
];
