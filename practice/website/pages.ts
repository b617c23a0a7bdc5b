import { type Answer, notFound, text } from '../answers.ts';
import { idParam, readBytes } from '../body.ts';
import { all, one } from '../database.ts';
import type { Route, Visit } from '../router.ts';
import type { OrderRow } from '../routes/orders.ts';
import type { ProductRow } from '../routes/products.ts';
import { findProducts } from '../routes/search.ts';
import { Html, html, page, price } from './html.ts';

interface Tile {
  id: number;
  name: string;
  description: string;
  price_cents: number;
}

function shelf(products: readonly Tile[]): Html {
  const tiles = products.map(
    ({ id, name, description, price_cents }) =>
      html`<li><a href="/products/${id}">${name}</a><p>${description}</p><strong>${price(price_cents)}</strong></li>`,
  );
  return html`<ul class="shelf">${tiles}</ul>`;
}

function home(visit: Visit): Answer {
  const products = all<ProductRow>(visit.shop.db, 'SELECT * FROM products ORDER BY id LIMIT 12', []);
  return page(visit.shop, 'Thrown by the sea', html`<h1>Thrown by the sea</h1>${shelf(products)}`);
}

function product(visit: Visit): Answer {
  const row = one<ProductRow>(visit.shop.db, 'SELECT * FROM products WHERE id = ?', [idParam(visit, 'productId')]);
  if (!row) throw notFound('product');
  const content = html`<h1>${row.name}</h1><p>${row.description}</p><p><strong>${price(row.price_cents)}</strong></p>`;
  return page(visit.shop, row.name, content);
}

function search(visit: Visit): Answer {
  const words = (visit.query.get('q') ?? '').slice(0, 500);
  // WEAKNESS search-page-reflects-script: the words come back as part of the page, a script among them too.
  const echoed = visit.shop.weak('search-page-reflects-script') ? new Html(words) : words;
  // The page's own search uses the safe words only, so that this page shows one weakness and not two.
  const hits = findProducts(visit.shop, words.replaceAll(/[^\p{L}\p{N} -]/gu, ''));
  return page(visit.shop, 'Search', html`<h1>Search</h1><p>You searched for: ${echoed}</p>${shelf(hits)}`);
}

function signIn(visit: Visit): Answer {
  const form = html`<h1>Sign in</h1><form id="sign-in" method="post">
<p><label>E-mail <input name="email" type="email" autocomplete="username" required></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
<button>Sign in</button> <span id="sign-in-result" role="status"></span></form>`;
  return page(visit.shop, 'Sign in', form);
}

function account(visit: Visit): Answer {
  if (!visit.viewer) return { status: 303, headers: { location: '/sign-in' } };
  const orders = all<OrderRow>(visit.shop.db, 'SELECT * FROM orders WHERE customer_id = ? ORDER BY id DESC LIMIT 20', [
    visit.viewer.customerId,
  ]);
  const rows = orders.map(
    ({ id, created_at, status, total_cents }) =>
      html`<tr><td>${id}</td><td>${created_at.slice(0, 10)}</td><td>${status}</td><td>${price(total_cents)}</td></tr>`,
  );
  return { ...page(visit.shop, 'My orders', html`<h1>My orders</h1><table>${rows}</table>`), private: true };
}

async function newsletter(visit: Visit): Promise<Answer> {
  // Nothing is kept: the practice shop sends no letters.
  await readBytes(visit, 4096);
  return page(visit.shop, 'Thank you', html`<h1>Thank you</h1><p>You are on the list.</p>`);
}

function securityContact(visit: Visit): Answer {
  // WEAKNESS security-contact-missing: whoever finds a hole has nobody to tell (RFC 9116).
  if (visit.shop.weak('security-contact-missing')) throw notFound('page');
  const expires = new Date(Date.now() + 180 * 86_400_000).toISOString();
  return text(`Contact: mailto:security@blueharbour.example\nExpires: ${expires}\n`);
}

export const pageRoutes: Route[] = [
  { method: 'GET', path: '/', handle: home },
  { method: 'GET', path: '/products/{productId}', handle: product },
  { method: 'GET', path: '/search', handle: search },
  { method: 'GET', path: '/sign-in', handle: signIn },
  { method: 'GET', path: '/account', handle: account },
  { method: 'POST', path: '/newsletter', handle: newsletter },
  { method: 'GET', path: '/robots.txt', handle: () => text('User-agent: *\nAllow: /\n') },
  { method: 'GET', path: '/.well-known/security.txt', handle: securityContact },
];
