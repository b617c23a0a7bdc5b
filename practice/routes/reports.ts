import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, invalid, json } from '../answers.ts';
import { one } from '../database.ts';
import { staffOnly } from '../identity.ts';
import type { Route, Visit } from '../router.ts';

const MS_PER_MONTH = 5;
const LONGEST_MS = 30_000;

/** The slow page: 5 ms for every month asked for, at most 30 s. */
async function sales(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const months = Number(visit.query.get('months') ?? 12);
  if (!Number.isSafeInteger(months) || months < 1) throw invalid('"months" must be a positive whole number.');
  // WEAKNESS report-unbounded: anybody may order an endless amount of work.
  if (!shop.weak('report-unbounded')) {
    staffOnly(visit);
    if (months > 24) throw invalid('"months" may be 24 at most.');
  }
  await sleep(Math.min(months * MS_PER_MONTH, LONGEST_MS));
  const sum = one<{ orders: number; cents: number }>(
    shop.db,
    'SELECT count(*) AS orders, coalesce(sum(total_cents), 0) AS cents FROM orders',
    [],
  );
  return json({ months, orders: sum?.orders ?? 0, totalCents: sum?.cents ?? 0 });
}

export const reportRoutes: Route[] = [{ method: 'GET', path: '/api/reports/sales', handle: sales }];
