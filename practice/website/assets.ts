import { type Answer, notFound, text } from '../answers.ts';
import type { Route, Visit } from '../router.ts';
import { pretendPublishableKey, pretendSecretKey } from './pretend-key.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#17324d;background:#f6f9fb}
header,main,footer{max-width:60rem;margin:auto;padding:1rem}header{display:flex;gap:1.5rem;flex-wrap:wrap;align-items:center}
.name{font-size:1.4rem;font-weight:700;color:inherit;text-decoration:none}nav{margin-left:auto}
.shelf{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:1rem;padding:0;list-style:none}
.shelf li{background:#fff;border-radius:.5rem;padding:1rem}td{padding:.25rem 1rem .25rem 0}footer{font-size:.9rem;color:#48617a}
`;

const SIGN_IN = `const form = document.querySelector('#sign-in');
if (form) form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await fetch('/api/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  });
  if (answer.ok) location.href = '/account';
  else document.querySelector('#sign-in-result').textContent = (await answer.json()).message;
});
`;

function script(visit: Visit): Answer {
  const lines = [`const paymentPublishableKey = '${pretendPublishableKey()}';`];
  // WEAKNESS secret-in-page-script: a page script is public, whatever is in it.
  if (visit.shop.weak('secret-in-page-script')) lines.push(`const paymentSecretKey = '${pretendSecretKey()}';`);
  return text(`${lines.join('\n')}\n${SIGN_IN}`, 'text/javascript; charset=utf-8');
}

function oldLibrary(visit: Visit): Answer {
  if (!visit.shop.weak('outdated-page-library')) throw notFound('page');
  const shell = '/*! jQuery v1.8.3 (an empty shell for practice) */\nwindow.jQuery = { fn: { jquery: "1.8.3" } };\n';
  return text(shell, 'text/javascript; charset=utf-8');
}

export const assetRoutes: Route[] = [
  { method: 'GET', path: '/assets/shop.css', handle: () => text(STYLE, 'text/css; charset=utf-8') },
  { method: 'GET', path: '/assets/shop.js', handle: script },
  { method: 'GET', path: '/assets/jquery-1.8.3.min.js', handle: oldLibrary },
];
