import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answers.ts';
import type { Shop } from './shop.ts';

/** The one other site that may read answers in its visitors' browsers. */
const OWN_SITE = 'https://www.blueharbour.example';

const GUARDS: Record<string, string> = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
}

/** Sets what every answer of the shop carries, refusals too. */
export function guardHeaders(shop: Shop, request: IncomingMessage, response: ServerResponse): void {
  // WEAKNESS version-header: tells everybody which old holes to try.
  if (shop.weak('version-header')) {
    response.setHeader('server', 'BlueHarbour/1.4.2');
    response.setHeader('x-powered-by', 'PotteryCart 3.1.0');
  }
  // WEAKNESS headers-missing: the browser is not told to be careful.
  if (!shop.weak('headers-missing'))
    for (const [name, value] of Object.entries(GUARDS)) response.setHeader(name, value);

  const { origin } = request.headers;
  response.setHeader('vary', 'origin');
  // WEAKNESS cors-reflects-origin: any site's page may read, in the visitor's name, what the shop shows the visitor.
  if (origin && (shop.weak('cors-reflects-origin') || origin === OWN_SITE)) allowOrigin(response, origin);
}

/** The browser's question before a call from another site (WHATWG Fetch); null for every other request. */
export function preflight(request: IncomingMessage): Answer | null {
  if (request.method !== 'OPTIONS') return null;
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, PATCH',
      'access-control-allow-headers': 'authorization, content-type',
    },
  };
}
