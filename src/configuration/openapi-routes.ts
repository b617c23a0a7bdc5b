import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { Operation } from '../openapi/description.ts';
import { checkedDescription } from './openapi-descriptions.ts';
import { pathShape } from './path-template.ts';

type Service = GatewayConfig['services'][number];
type Route = Service['routes'][number];

/** Operations that become routes, and for each written route (by its position) those that it takes. */
export type DistributedOperations = { imported: Operation[]; written: Map<number, Operation[]>; unused: Operation[] };

/**
 * Which route takes which operation. A route that is written takes the operations of its path (whatever its parameters are
 * called) and methods; the others become routes of their own, or are unused when none are to be imported.
 */
export function distributeOperations(service: Service): DistributedOperations {
  const imported: Operation[] = [];
  const unused: Operation[] = [];
  const written = new Map<number, Operation[]>();
  const byShape = Map.groupBy(service.routes.entries(), ([, route]) => pathShape(route.match.path));
  for (const operation of checkedDescription(service)?.operations ?? []) {
    const takers = (byShape.get(pathShape(gatewayPath(operation.path))) ?? []).filter(([, route]) =>
      takes(route, operation.method),
    );
    for (const [index] of takers) written.set(index, [...(written.get(index) ?? []), operation]);
    if (takers.length > 0) continue;
    if (service.openapi?.routes === 'validate-only') unused.push(operation);
    else imported.push(operation);
  }
  return { imported, written, unused };
}

function takes(route: Route, method: string): boolean {
  const methods = route.match.methods ?? [];
  return methods.length === 0 || methods.includes(method);
}

/** The path as the gateway writes it: parameter names of letters, digits and "_", each its own. */
export function gatewayPath(path: string): string {
  const names = new Set<string>();
  return path.replace(/\{([^{}/]*)\}/g, (_, written: string) => {
    const plain = written
      .replace(/[^A-Za-z0-9_]/g, '_')
      .replace(/^(?![A-Za-z_])/, '_')
      .slice(0, 60);
    let name = plain;
    for (let i = 2; names.has(name); i++) name = `${plain}_${i}`;
    names.add(name);
    return `{${name}}`;
  });
}
