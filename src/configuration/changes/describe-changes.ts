import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { consumerChanges } from './consumer-changes.ts';
import { gatewayChanges } from './gateway-changes.ts';
import { isSame } from './is-same.ts';
import { routeChanges } from './route-changes.ts';

/**
 * What is different in `after`, one plain line for each change: "POST /orders: now needs the permission orders:write". Empty
 * when nothing is. Pure. Secrets, hashes and schemas never stand in a line.
 */
export function describeChanges(before: GatewaySnapshot, after: GatewaySnapshot): string[] {
  return [
    ...serviceChanges(before, after),
    ...routeChanges(before, after),
    ...consumerChanges(before, after),
    ...gatewayChanges(before, after),
  ];
}

function serviceChanges(before: GatewaySnapshot, after: GatewaySnapshot): string[] {
  const old = new Map(before.services.map((service) => [service.name, service]));
  const lines: string[] = [];
  for (const service of after.services) {
    const was = old.get(service.name);
    old.delete(service.name);
    const say = (what: string) => lines.push(`Service ${service.name}: ${what}`);
    if (was === undefined) {
      say(`new, at ${bare(service.upstream)}`);
      continue;
    }
    if (was.upstream !== service.upstream) say(`now at ${bare(service.upstream)} instead of ${bare(was.upstream)}`);
    if (was.preserveHost !== service.preserveHost) {
      say(service.preserveHost ? "now gets the caller's Host" : 'now gets its own Host');
    }
    const { connectTimeoutMs: connect, responseTimeoutMs: response } = service;
    if (was.connectTimeoutMs !== connect)
      say(`waits ${seconds(connect)} for a connection, before ${seconds(was.connectTimeoutMs)}`);
    if (was.responseTimeoutMs !== response)
      say(`waits ${seconds(response)} for an answer, before ${seconds(was.responseTimeoutMs)}`);
    const known = new Set(['name', 'upstream', 'preserveHost', 'connectTimeoutMs', 'responseTimeoutMs']);
    if (!isSame(without(was, known), without(service, known))) say('other settings changed');
  }
  for (const name of old.keys()) lines.push(`Service ${name}: removed`);
  return lines;
}

/** An address without a user name and password that may stand in it. */
function bare(upstream: unknown): string {
  if (typeof upstream !== 'string' || !URL.canParse(upstream)) return 'other addresses';
  const url = new URL(upstream);
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
}

const seconds = (ms: number) => `${ms / 1000} s`;
const without = (value: object, names: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
