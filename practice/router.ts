import type { IncomingMessage } from 'node:http';
import { type Answer, Refusal } from './answers.ts';
import type { Shop, Viewer } from './shop.ts';

/** One request on its way through the shop. */
export interface Visit {
  shop: Shop;
  request: IncomingMessage;
  /** The path parameters, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Who is signed in, if anybody. */
  viewer: Viewer | null;
}

export interface Route {
  method: string;
  /** `{name}` stands for one segment. */
  path: string;
  handle: (visit: Visit) => Answer | Promise<Answer>;
}

export type FindRoute = (method: string, path: string) => { route: Route; params: Record<string, string> };

function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [place, part] of pattern.entries()) {
    const segment = segments[place] ?? '';
    if (part.startsWith('{')) {
      if (segment === '') return null;
      params[part.slice(1, -1)] = segment;
    } else if (part !== segment) return null;
  }
  return params;
}

function decodeSegments(path: string): string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    throw new Refusal(400, 'bad-path', 'The address contains a broken % sign.');
  }
}

/** Fixed paths win over paths with parameters, whatever their order in the list. */
export function createRouter(routes: readonly Route[]): FindRoute {
  const prepared = routes
    .map((route) => ({ route, pattern: route.path.split('/') }))
    .sort((a, b) => Number(a.route.path.includes('{')) - Number(b.route.path.includes('{')));
  return (method, path) => {
    const segments = decodeSegments(path);
    const allowed = new Set<string>();
    for (const { route, pattern } of prepared) {
      const params = matchPath(pattern, segments);
      if (!params) continue;
      if (route.method === method || (method === 'HEAD' && route.method === 'GET')) return { route, params };
      allowed.add(route.method);
    }
    if (allowed.size > 0) {
      throw new Refusal(405, 'method-not-allowed', 'This page does not know that method.', {
        allow: [...allowed].join(', '),
      });
    }
    throw new Refusal(404, 'not-found', 'There is nothing at this address.');
  };
}
