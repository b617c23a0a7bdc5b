import { type Answer, invalid, json, notFound } from '../answers.ts';
import { idParam, readObject } from '../body.ts';
import { all, one, run } from '../database.ts';
import { signedIn, staffOnly } from '../identity.ts';
import { pageOf } from '../paging.ts';
import type { Route, Visit } from '../router.ts';
import type { Shop } from '../shop.ts';

export interface ProductRow {
  id: number;
  name: string;
  description: string;
  category: string;
  price_cents: number;
  cost_cents: number;
  supplier: string;
  stock: number;
  limited: number;
}

function shown(shop: Shop, row: ProductRow): Record<string, unknown> {
  const forBuyers = {
    id: row.id,
    name: row.name,
    description: row.description,
    category: row.category,
    priceCents: row.price_cents,
    inStock: row.stock > 0,
    onePerCustomer: row.limited === 1,
  };
  // WEAKNESS product-cost-shown: what the piece costs the shop, and who makes it, is nobody else's business.
  if (!shop.weak('product-cost-shown')) return forBuyers;
  return { ...forBuyers, costCents: row.cost_cents, supplier: row.supplier };
}

const SORTABLE = ['id', 'name', 'category', 'price_cents'];

function sortColumn(visit: Visit): string {
  const asked = visit.query.get('sort') ?? 'id';
  // WEAKNESS errors-show-sql: an unknown column goes as far as the database, whose complaint comes back word for word.
  // (The name is quoted, so nothing but a column name can be smuggled in here.)
  if (!visit.shop.weak('errors-show-sql') && !SORTABLE.includes(asked)) {
    throw invalid(`"sort" must be one of ${SORTABLE.join(', ')}.`);
  }
  return `"${asked.replaceAll('"', '""')}"`;
}

function list(visit: Visit): Answer {
  const { limit, offset } = pageOf(visit);
  const rows = all<ProductRow>(visit.shop.db, `SELECT * FROM products ORDER BY ${sortColumn(visit)} LIMIT ? OFFSET ?`, [
    limit,
    offset,
  ]);
  return json({ products: rows.map((row) => shown(visit.shop, row)) });
}

function product(visit: Visit): ProductRow {
  const row = one<ProductRow>(visit.shop.db, 'SELECT * FROM products WHERE id = ?', [idParam(visit, 'productId')]);
  if (!row) throw notFound('product');
  return row;
}

async function changePrice(visit: Visit): Promise<Answer> {
  // WEAKNESS product-price-any-customer: the button is hidden from customers, the door behind it is not locked.
  if (visit.shop.weak('product-price-any-customer')) signedIn(visit);
  else staffOnly(visit);
  const { id } = product(visit);
  const price = (await readObject(visit)).priceCents;
  if (typeof price !== 'number' || !Number.isSafeInteger(price) || price < 1) {
    throw invalid('"priceCents" must be a positive whole number.');
  }
  run(visit.shop.db, 'UPDATE products SET price_cents = ? WHERE id = ?', [price, id]);
  return json(shown(visit.shop, product(visit)));
}

export const productRoutes: Route[] = [
  { method: 'GET', path: '/api/products', handle: list },
  { method: 'GET', path: '/api/products/{productId}', handle: (visit) => json(shown(visit.shop, product(visit))) },
  { method: 'PATCH', path: '/api/products/{productId}', handle: changePrice },
];
