import { inSlices } from '../in-slices.ts';
import { PathTree } from './path-tree.ts';

/** What the table needs to know of a route. */
export type Routable = {
  readonly path: string;
  /** Empty: all. */
  readonly methods: readonly string[];
  /** Lower case; empty: any. */
  readonly hostnames: readonly string[];
};

export type RouteMatch<Route> =
  | { kind: 'route'; route: Route; params: string[] }
  | { kind: 'method-not-allowed'; allow: string }
  | { kind: 'case-conflict' }
  | { kind: 'none' };

const NONE: RouteMatch<never> = { kind: 'none' };
const CASE_CONFLICT: RouteMatch<never> = { kind: 'case-conflict' };

/** Finds routes by host name, path and method. `params` stand in the order of the route's own template. */
export type Router<Route> = { find(host: string, method: string, path: string, decoded: string): RouteMatch<Route> };

/** Thousands of routes take a while to sort in: the work is done in slices, between which requests are served. */
export async function createRouteTable<Route extends Routable>(routes: readonly Route[]): Promise<Router<Route>> {
  const named = new Map<string, Route[]>();
  const open: Route[] = [];
  for (const route of routes) {
    if (route.hostnames.length === 0) open.push(route);
    for (const name of route.hostnames) named.set(name, [...(named.get(name) ?? []), route]);
  }
  const general = await PathTable.of(open);
  const byHost = new Map<string, PathTable<Route>>();
  for (const [name, own] of named) byHost.set(name, await PathTable.of([...open, ...own]));
  return {
    find: (host, method, path, decoded) => (byHost.get(host) ?? general).find(method, path, decoded),
  };
}

/** What stands at one path template: a route per method, and one for every other method if any. */
class Place<Route extends Routable> {
  readonly #routes: Route[] = [];
  #any: Route | null = null;

  /** A route that comes later takes the place over: those of a host name stand behind those of any. */
  add(route: Route): void {
    if (route.methods.length === 0) this.#any = route;
    else this.#routes.unshift(route);
  }

  for(method: string): Route | null {
    for (const route of this.#routes) if (route.methods.includes(method)) return route;
    if (method === 'HEAD') for (const route of this.#routes) if (route.methods.includes('GET')) return route;
    return this.#any;
  }

  /** Value of the Allow field (RFC 9110 §10.2.1). */
  allow(): string {
    const methods = new Set(this.#routes.flatMap((route) => route.methods));
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods].sort().join(', ');
  }
}

class PathTable<Route extends Routable> {
  readonly #exact = new PathTree<Place<Route>>();
  /** The same places by their templates in lower case. */
  readonly #folded = new PathTree<Place<Route>>();

  static async of<Route extends Routable>(routes: readonly Route[]): Promise<PathTable<Route>> {
    const table = new PathTable<Route>();
    await inSlices(routes, (route) => {
      const place = table.#exact.at(route.path, () => new Place());
      place.add(route);
      table.#folded.at(route.path.toLowerCase(), () => place);
    });
    return table;
  }

  find(method: string, path: string, decoded: string): RouteMatch<Route> {
    const hit = this.#exact.find(path);
    if (/[A-Z]/.test(decoded)) {
      // A case-insensitive application would treat this path as a route that it does not match here.
      const folded = this.#folded.find(decoded.toLowerCase().replaceAll('%', '%25'));
      if (folded?.value !== hit?.value) return CASE_CONFLICT;
    }
    if (hit === null) return NONE;
    const route = hit.value.for(method);
    if (route === null) return { kind: 'method-not-allowed', allow: hit.value.allow() };
    return { kind: 'route', route, params: hit.params };
  }
}
