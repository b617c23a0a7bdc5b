import { type Answer, json, notFound, text } from '../answers.ts';
import { all } from '../database.ts';
import { staffOnly } from '../identity.ts';
import { INNER_HEADER } from '../outgoing.ts';
import type { Route, Visit } from '../router.ts';
import type { CustomerRow } from './customers.ts';

/** Made for one newsletter, described nowhere, never taken away. */
function exportCustomers(visit: Visit): Answer {
  // WEAKNESS export-forgotten: the whole customer list for whoever knows the address.
  if (!visit.shop.weak('export-forgotten')) staffOnly(visit);
  const rows = all<CustomerRow>(visit.shop.db, 'SELECT * FROM customers ORDER BY id', []);
  const lines = rows.map(({ name, email, phone }) => `"${name.replaceAll('"', '""')}","${email}","${phone}"`);
  return { ...text(`name,email,phone\n${lines.join('\n')}\n`, 'text/csv; charset=utf-8'), private: true };
}

function debug(visit: Visit): Answer {
  // WEAKNESS debug-open: a developer's page that shows what the server knows about the request and about itself.
  if (!visit.shop.weak('debug-open')) throw notFound('page');
  const { method, url, headers } = visit.request;
  return json({ method, url, headers, config: { database: 'sqlite', region: 'harbour-1', debug: true } });
}

/** Meant for the shop's own calls alone; visitors are told that it is not there. */
function warehouse(visit: Visit): Answer {
  if (visit.request.headers[INNER_HEADER] !== visit.shop.innerSecret) throw notFound('page');
  return json({ warehouse: 'Pier 7', alarmCode: 'practice-0000', deliveries: 'Mondays, back door' });
}

export const forgottenRoutes: Route[] = [
  { method: 'GET', path: '/api/export/customers.csv', handle: exportCustomers },
  { method: 'GET', path: '/api/debug/request', handle: debug },
  { method: 'GET', path: '/internal/warehouse', handle: warehouse },
];
