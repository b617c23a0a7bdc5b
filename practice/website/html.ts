import { type Answer, text } from '../answers.ts';
import type { Shop } from '../shop.ts';

/** Text that is HTML already. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Piece = string | number | Html | readonly Html[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function safe(piece: Piece): string {
  if (piece instanceof Html) return piece.source;
  if (typeof piece === 'string') return piece.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  if (typeof piece === 'number') return String(piece);
  return piece.map(({ source }) => source).join('');
}

/** Every piece is escaped unless it is {@link Html}. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(parts.map((part, place) => part + (place < pieces.length ? safe(pieces[place] ?? '') : '')).join(''));
}

/** A whole page of the shop's website around `content`. */
export function page(shop: Shop, title: string, content: Html): Answer {
  // WEAKNESS outdated-page-library: a library from 2012 with well-known holes (the file itself is an empty shell).
  const library = shop.weak('outdated-page-library')
    ? html`<script src="/assets/jquery-1.8.3.min.js"></script>`
    : html``;
  // WEAKNESS form-posts-plain-http: the address travels readable for everybody on the way.
  const newsletter = shop.weak('form-posts-plain-http') ? 'http://news.blueharbour.example/subscribe' : '/newsletter';
  const whole = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Blue Harbour Pottery</title><link rel="stylesheet" href="/assets/shop.css">
${library}<script src="/assets/shop.js" defer></script></head>
<body><header><a class="name" href="/">Blue Harbour Pottery</a>
<form action="/search"><label>Search <input name="q"></label> <button>Go</button></form>
<nav><a href="/sign-in">Sign in</a> <a href="/account">My orders</a></nav></header>
<main>${content}</main>
<footer><form action="${newsletter}" method="post"><label>Newsletter <input type="email" name="email" required></label>
<button>Subscribe</button></form><p>A practice shop: made-up people, made-up pots, weak on purpose.</p></footer>
</body></html>
`;
  return text(whole.source, 'text/html; charset=utf-8');
}

export const price = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
