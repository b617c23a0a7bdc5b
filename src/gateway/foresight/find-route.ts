import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import { createRouteTable } from '../proxy/router.ts';

export type FoundRoute = { route: SnapshotRoute } | { code: 'route-unknown' | 'method-not-allowed' | 'path-case' };
/** The route of a snapshot that takes calls of a method to a path template. `host` is empty where nothing is known of it. */
export type FindRoute = (host: string, method: string, template: string) => FoundRoute;

/** The gateway's own router, asked with the templates of the record in the place of paths. */
export async function createRouteFinder(snapshot: GatewaySnapshot): Promise<FindRoute> {
  const router = await createRouteTable(snapshot.routes);
  const hosts = [...new Set(snapshot.routes.flatMap((route) => route.hostnames))];
  const ask = (host: string, method: string, path: string): FoundRoute => {
    const found = router.find(host, method, path, path);
    if (found.kind === 'route') return { route: found.route };
    if (found.kind === 'method-not-allowed') return { code: 'method-not-allowed' };
    return { code: found.kind === 'case-conflict' ? 'path-case' : 'route-unknown' };
  };
  return (host, method, template) => {
    const path = pathLike(template);
    const found = ask(host, method, path);
    if ('route' in found) return found;
    // The record does not say under which name the call came: any that has the route will do.
    const elsewhere = hosts.map((name) => ask(name, method, path)).find((one) => 'route' in one);
    return elsewhere ?? found;
  };
}

/** A path that the template describes, with segments that no other template names. */
function pathLike(template: string): string {
  const path = template.replace(/\{[^/]*\}/g, '…').replaceAll('*', '…');
  // A lone percent sign in a template would not be a path that the gateway reads.
  return path.replaceAll('%', '%25');
}
