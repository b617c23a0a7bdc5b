import { type Answer, json, notFound, privateJson } from '../answers.ts';
import { idParam } from '../body.ts';
import { all, one } from '../database.ts';
import type { Route, Visit } from '../router.ts';
import type { CustomerRow } from './customers.ts';
import { type OrderRow, shownOrder } from './orders.ts';

/** The first version of the API. Sign-in came with the second, and nobody switched the first one off. */
function stillThere(visit: Visit): void {
  // WEAKNESS old-version-open: switched off is the only right state for a version that nobody looks after.
  if (!visit.shop.weak('old-version-open')) throw notFound('version');
}

function status(visit: Visit): Answer {
  stillThere(visit);
  return json({ version: 1, deprecated: true });
}

function customers(visit: Visit): Answer {
  stillThere(visit);
  const rows = all<CustomerRow>(visit.shop.db, 'SELECT * FROM customers ORDER BY id LIMIT 100', []);
  return privateJson(rows.map(({ id, name, email, phone }) => ({ id, name, email, phone })));
}

function order(visit: Visit): Answer {
  stillThere(visit);
  const row = one<OrderRow>(visit.shop.db, 'SELECT * FROM orders WHERE id = ?', [idParam(visit, 'orderId')]);
  if (!row) throw notFound('order');
  return privateJson(shownOrder(visit.shop, row));
}

export const oldVersionRoutes: Route[] = [
  { method: 'GET', path: '/v1/status', handle: status },
  { method: 'GET', path: '/v1/customers', handle: customers },
  { method: 'GET', path: '/v1/orders/{orderId}', handle: order },
];
