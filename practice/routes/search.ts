import { type Answer, invalid, json } from '../answers.ts';
import { all } from '../database.ts';
import type { Route, Visit } from '../router.ts';
import type { Shop } from '../shop.ts';

export interface Hit {
  id: number;
  name: string;
  description: string;
  price_cents: number;
}

/** Products whose name or description contains `words`. */
export function findProducts(shop: Shop, words: string): Hit[] {
  // WEAKNESS search-sql-injection: the words become part of the command. One prepared SELECT can read whatever the
  // database holds, but it cannot write: SQLite prepares a single statement and no more.
  if (shop.weak('search-sql-injection')) {
    return all<Hit>(
      shop.db,
      `SELECT id, name, description, price_cents FROM products WHERE name LIKE '%${words}%' LIMIT 50`,
      [],
    );
  }
  return all<Hit>(
    shop.db,
    `SELECT id, name, description, price_cents FROM products
     WHERE instr(lower(name), lower(?1)) > 0 OR instr(lower(description), lower(?1)) > 0 LIMIT 50`,
    [words],
  );
}

function search(visit: Visit): Answer {
  const words = visit.query.get('q') ?? '';
  if (words.length > 500) throw invalid('"q" may have at most 500 characters.');
  const hits = findProducts(visit.shop, words);
  return json({
    products: hits.map((hit) => ({
      id: hit.id,
      name: hit.name,
      description: hit.description,
      priceCents: hit.price_cents,
    })),
  });
}

export const searchRoutes: Route[] = [{ method: 'GET', path: '/api/search', handle: search }];
