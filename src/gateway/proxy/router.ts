import createRouter, { type HTTPVersion, type Instance } from 'find-my-way';
import { inSlices } from '../in-slices.ts';

/** What the table needs to know of a route. */
export type Routable = {
  readonly path: string;
  readonly methods: readonly string[];
  readonly hostnames: readonly string[];
};

/** What stands at one path template: a route per method, and one for every other method if any. */
type Place<Route> = { byMethod: Map<string, Route>; any: Route | null };
type Tree = Instance<HTTPVersion.V1>;

export type RouteMatch<Route> =
  | { kind: 'route'; route: Route; params: Record<string, string | undefined> }
  | { kind: 'method-not-allowed'; allow: string }
  | { kind: 'case-conflict' }
  | { kind: 'none' };

const NONE: RouteMatch<never> = { kind: 'none' };
const CASE_CONFLICT: RouteMatch<never> = { kind: 'case-conflict' };
const TREE_OPTIONS = { ignoreTrailingSlash: true, maxParamLength: 8192 } as const;
/** All methods share one tree, so that a known path with the wrong method is a 405 and not a 404. */
const SLOT = 'GET';

/** Finds routes by host name, path and method. Static segments win over parameters, these over a last `/*`. */
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

class PathTable<Route extends Routable> {
  readonly #exact: Tree = createRouter(TREE_OPTIONS);
  readonly #folded: Tree = createRouter(TREE_OPTIONS);
  readonly #places = new Map<string, Place<Route>>();
  readonly #foldedPatterns = new Set<string>();

  static async of<Route extends Routable>(routes: readonly Route[]): Promise<PathTable<Route>> {
    const table = new PathTable<Route>();
    await inSlices(routes, (route) => table.#add(route));
    return table;
  }

  find(method: string, path: string, decoded: string): RouteMatch<Route> {
    const hit = this.#exact.find(SLOT, path);
    const place = hit === null ? null : (hit.store as Place<Route>);
    if (/[A-Z]/.test(decoded)) {
      // A case-insensitive application would treat this path as a route that it does not match here.
      const folded = this.#folded.find(SLOT, path.toLowerCase());
      if ((folded === null ? null : folded.store) !== place) return CASE_CONFLICT;
    }
    if (hit === null || place === null) return NONE;
    const route =
      place.byMethod.get(method) ?? (method === 'HEAD' ? place.byMethod.get('GET') : undefined) ?? place.any;
    if (route === null) return { kind: 'method-not-allowed', allow: allowOf(place) };
    return { kind: 'route', route, params: hit.params };
  }

  #add(route: Route): void {
    const pattern = toPattern(route.path);
    let place = this.#places.get(pattern);
    if (place === undefined) {
      place = { byMethod: new Map(), any: null };
      this.#places.set(pattern, place);
      this.#exact.on(SLOT, pattern, neverCalled, place);
      const folded = pattern.toLowerCase();
      if (!this.#foldedPatterns.has(folded)) {
        this.#foldedPatterns.add(folded);
        this.#folded.on(SLOT, folded, neverCalled, place);
      }
    }
    // A route with more hostnames than none comes later in the list and takes the place over.
    if (route.methods.length === 0) place.any = route;
    for (const method of route.methods) place.byMethod.set(method, route);
  }
}

/** The tree only finds; nothing is dispatched through it. */
function neverCalled(): void {}

/** `/customers/{id}/x` as the tree writes it: `/customers/:p1/x`; parameters are numbered, as names differ between methods. */
function toPattern(template: string): string {
  return template
    .split('/')
    .map((segment, i) => (/^\{.+\}$/.test(segment) ? `:p${i}` : segment.replaceAll(':', '::')))
    .join('/');
}

function allowOf(place: Place<Routable>): string {
  const methods = new Set(place.byMethod.keys());
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort().join(', ');
}
