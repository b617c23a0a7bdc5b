import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { limitFaults } from './check-limits.ts';
import { learnFaults, ownershipFaults } from './check-ownership.ts';
import { sizeFault } from './check-server.ts';
import { checkUpstreams } from './check-upstreams.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';
import { duplicateName } from './duplicate-name.ts';
import { pathShape, pathTemplateFault } from './path-template.ts';

type Service = GatewayConfig['services'][number];
type Route = Service['routes'][number];

/** Checks of services and routes among themselves: names, addresses, templates, limits, and routes that catch the same. */
export function checkServices(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, ConfigPath>();
  const caught = new Map<string, ConfigPath>();
  for (const [index, service] of config.services.entries()) {
    const path = ['services', index];
    findings.push(...duplicateName(names, service.name, path, 'service'));
    findings.push(...checkUpstreams(path, service));
    if (typeof service.ownership === 'object') {
      findings.push(...learnFaults([...path, 'ownership', 'learn'], service.ownership.learn, config));
    }
    for (const [routeIndex, route] of service.routes.entries()) {
      const routePath = [...path, 'routes', routeIndex];
      findings.push(...checkRoute(routePath, route, config));
      findings.push(...caughtTwice(caught, routePath, route));
    }
  }
  return findings;
}

function checkRoute(path: ConfigPath, route: Route, config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const template = pathTemplateFault(route.match.path);
  if (template !== null) {
    findings.push({
      ...template,
      path: [...path, 'match', 'path'],
      message: `The path "${route.match.path}" ${template.message}.`,
    });
  }
  findings.push(...sizeFault([...path, 'limits', 'body'], route.limits?.body, 0));
  const open = (route.auth ?? config.defaults?.auth) === 'none';
  if (open && (route.scopes ?? []).length > 0) {
    findings.push({
      path: [...path, 'scopes'],
      atKey: true,
      code: 'scopes-without-key',
      message: 'This route is open to all (auth: none), so it cannot ask for scopes.',
      hint: 'Remove the scopes, or let the route ask for a key with "auth: required".',
    });
  }
  findings.push(...ownershipFaults([...path, 'ownership'], route, open, config));
  findings.push(...limitFaults(path, route, config.rateLimits ?? [], open));
  return findings;
}

/** Two routes that catch the very same requests: the gateway could not say which one is meant. */
function caughtTwice(caught: Map<string, ConfigPath>, path: ConfigPath, route: Route): Finding[] {
  const methods = new Set(route.match.methods?.length ? route.match.methods : ['*']);
  const hostnames = new Set(
    route.match.hostnames?.length ? route.match.hostnames.map((name) => name.toLowerCase()) : ['*'],
  );
  let first: ConfigPath | undefined;
  for (const method of methods) {
    for (const hostname of hostnames) {
      const key = `${method} ${hostname} ${pathShape(route.match.path)}`;
      first ??= caught.get(key);
      if (!caught.has(key)) caught.set(key, path);
    }
  }
  if (first === undefined) return [];
  return [
    {
      path: [...path, 'match'],
      code: 'duplicate',
      message: `This route catches the same requests as ${placeOf(first)}.`,
      hint: 'Remove one of the two, or give them different methods or hostnames.',
    },
  ];
}
