import { type Answer, privateJson } from '../answers.ts';
import { all, one } from '../database.ts';
import { signedIn, staffOnly } from '../identity.ts';
import { pageOf } from '../paging.ts';
import type { Route, Visit } from '../router.ts';

function staffDoor(visit: Visit): void {
  // WEAKNESS admin-any-customer: the office pages ask whether somebody is signed in, not who.
  if (visit.shop.weak('admin-any-customer')) signedIn(visit);
  else staffOnly(visit);
}

function notes(visit: Visit): Answer {
  staffDoor(visit);
  const { limit, offset } = pageOf(visit);
  const rows = all<{ id: number; name: string; internal_note: string }>(
    visit.shop.db,
    `SELECT id, name, internal_note FROM customers WHERE internal_note <> '' ORDER BY id LIMIT ? OFFSET ?`,
    [limit, offset],
  );
  return privateJson({
    notes: rows.map((row) => ({ customerId: row.id, name: row.name, internalNote: row.internal_note })),
  });
}

function summary(visit: Visit): Answer {
  staffDoor(visit);
  const row = one<{ orders: number; cents: number; customers: number }>(
    visit.shop.db,
    `SELECT count(*) AS orders, coalesce(sum(total_cents), 0) AS cents,
       (SELECT count(*) FROM customers) AS customers FROM orders`,
    [],
  );
  return privateJson({ orders: row?.orders ?? 0, customers: row?.customers ?? 0, turnoverCents: row?.cents ?? 0 });
}

export const adminRoutes: Route[] = [
  { method: 'GET', path: '/api/admin/notes', handle: notes },
  { method: 'GET', path: '/api/admin/summary', handle: summary },
];
