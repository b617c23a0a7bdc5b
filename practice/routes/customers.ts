import type { SQLInputValue } from 'node:sqlite';
import { type Answer, invalid, notFound, privateJson } from '../answers.ts';
import { idParam, readObject, textField } from '../body.ts';
import { all, one, run } from '../database.ts';
import { mayTouch, signedIn, staffOnly } from '../identity.ts';
import { pageOf } from '../paging.ts';
import { hashPassword } from '../passwords.ts';
import type { Route, Visit } from '../router.ts';
import type { Shop } from '../shop.ts';

export interface CustomerRow {
  id: number;
  name: string;
  email: string;
  phone: string;
  address: string;
  card_number: string;
  password_hash: string;
  role: string;
  loyalty_points: number;
  internal_note: string;
}

const byId = (shop: Shop, id: number): CustomerRow | undefined =>
  one<CustomerRow>(shop.db, 'SELECT * FROM customers WHERE id = ?', [id]);

function shown(shop: Shop, row: CustomerRow): Record<string, unknown> {
  const needed = {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    address: row.address,
    loyaltyPoints: row.loyalty_points,
  };
  // WEAKNESS customer-too-much: the whole row goes out, and the page is trusted to show only a part of it.
  if (!shop.weak('customer-too-much')) return needed;
  return {
    ...needed,
    cardNumber: row.card_number,
    passwordHash: row.password_hash,
    role: row.role,
    internalNote: row.internal_note,
  };
}

function list(visit: Visit): Answer {
  const { shop } = visit;
  // WEAKNESS customers-keyless: nobody asks who is asking.
  if (!shop.weak('customers-keyless')) staffOnly(visit);
  const { limit, offset } = pageOf(visit);
  const rows = all<CustomerRow>(shop.db, 'SELECT * FROM customers ORDER BY id LIMIT ? OFFSET ?', [limit, offset]);
  return privateJson({ customers: rows.map((row) => shown(shop, row)) });
}

function ownRecord(visit: Visit): Answer {
  const row = byId(visit.shop, signedIn(visit).customerId);
  if (!row) throw notFound('customer');
  return privateJson(shown(visit.shop, row));
}

function single(visit: Visit): Answer {
  const { shop } = visit;
  const id = idParam(visit, 'customerId');
  const viewer = shop.weak('customers-keyless') ? visit.viewer : signedIn(visit);
  // WEAKNESS customer-by-any-id: being signed in is enough, whoever the record is about. The right answer is the same as
  // for a number that does not exist, so that nobody learns which numbers do.
  if (viewer && !shop.weak('customer-by-any-id') && !mayTouch(viewer, id)) throw notFound('customer');
  const row = byId(shop, id);
  if (!row) throw notFound('customer');
  return privateJson(shown(shop, row));
}

async function register(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const body = await readObject(visit);
  const name = textField(body, 'name');
  const email = textField(body, 'email');
  const password = textField(body, 'password');
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) throw invalid('"email" is not an e-mail address.');
  // WEAKNESS password-any: "1" is a password.
  if (!shop.weak('password-any') && (password.length < 12 || password.toLowerCase().includes(name.toLowerCase()))) {
    throw invalid('"password" needs at least 12 characters and must not contain the name.');
  }
  const hash = await hashPassword(password);
  if (one(shop.db, 'SELECT id FROM customers WHERE email = ?', [email])) {
    throw invalid('This e-mail address cannot be used for a new account.');
  }
  const id = run(
    shop.db,
    `INSERT INTO customers (name, email, phone, address, card_number, password_hash, role, loyalty_points, internal_note)
     VALUES (?, ?, '', '', '', ?, 'customer', 0, '')`,
    [name, email, hash],
  );
  return privateJson({ id, name, email }, 201);
}

const OWN_FIELDS = { name: 'name', phone: 'phone', address: 'address' };
const EVERY_FIELD = { ...OWN_FIELDS, email: 'email', role: 'role', loyaltyPoints: 'loyalty_points' };

async function change(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const viewer = signedIn(visit);
  const id = idParam(visit, 'customerId');
  if (!mayTouch(viewer, id) || !byId(shop, id)) throw notFound('customer');
  const body = await readObject(visit);
  // WEAKNESS customer-mass-assignment: whatever has the name of a column is written, the role and the points too.
  const fields: Record<string, string> = shop.weak('customer-mass-assignment') ? EVERY_FIELD : OWN_FIELDS;
  const changes = new Map<string, SQLInputValue>();
  for (const [name, value] of Object.entries(body)) {
    const column = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!column) throw invalid(`"${name}" cannot be changed here.`);
    if (column === 'loyalty_points') {
      if (!Number.isSafeInteger(value)) throw invalid(`"${name}" must be a whole number.`);
      changes.set(column, Number(value));
    } else changes.set(column, textField(body, name));
  }
  if (changes.size === 0) throw invalid('Nothing to change.');
  // The column names come from the two lists above, never from the request.
  const assignments = [...changes.keys()].map((column) => `${column} = ?`).join(', ');
  run(shop.db, `UPDATE customers SET ${assignments} WHERE id = ?`, [...changes.values(), id]);
  const row = byId(shop, id);
  if (!row) throw notFound('customer');
  return privateJson(shown(shop, row));
}

export const customerRoutes: Route[] = [
  { method: 'GET', path: '/api/customers', handle: list },
  { method: 'POST', path: '/api/customers', handle: register },
  { method: 'GET', path: '/api/customers/me', handle: ownRecord },
  { method: 'GET', path: '/api/customers/{customerId}', handle: single },
  { method: 'PATCH', path: '/api/customers/{customerId}', handle: change },
];
