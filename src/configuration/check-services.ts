import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { durationToMs } from '../contracts/units.ts';
import { learnFaults, ownershipFaults } from './check-ownership.ts';
import { sizeFault, timerFault } from './check-server.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';
import { pathShape, pathTemplateFault } from './path-template.ts';
import { rateLimitNames } from './rate-limit-names.ts';

type Service = GatewayConfig['services'][number];
type Route = Service['routes'][number];

const MAX_WINDOW_MS = 366 * 86_400_000;

/** Checks of services and routes among themselves: names, addresses, templates, limits, and routes that catch the same. */
export function checkServices(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, ConfigPath>();
  const caught = new Map<string, ConfigPath>();
  for (const [index, service] of config.services.entries()) {
    const path = ['services', index];
    findings.push(...duplicateName(names, service.name, path, 'service'));
    findings.push(...upstreamFault([...path, 'upstream'], service.upstream));
    findings.push(...timerFault([...path, 'timeouts', 'connect'], service.timeouts?.connect));
    findings.push(...timerFault([...path, 'timeouts', 'response'], service.timeouts?.response));
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

/** Records `name` as used at `path`; a finding when it was used before. */
export function duplicateName(names: Map<string, ConfigPath>, name: string, path: ConfigPath, what: string): Finding[] {
  const before = names.get(name);
  if (before === undefined) {
    names.set(name, path);
    return [];
  }
  const message = `The ${what} name "${name}" is used twice; the first is at ${placeOf(before)}.`;
  return [
    { path: [...path, what === 'key' ? 'id' : 'name'], code: 'duplicate', message, hint: 'Give it a name of its own.' },
  ];
}

function upstreamFault(path: ConfigPath, upstream: string): Finding[] {
  const url = new URL(upstream);
  const odd =
    url.username !== '' || url.password !== ''
      ? 'a user name or password'
      : url.search !== '' || upstream.includes('?')
        ? 'a query'
        : url.hash !== '' || upstream.includes('#')
          ? 'a fragment ("#")'
          : null;
  if (odd === null) return [];
  return [
    {
      path,
      code: 'upstream-invalid',
      message: `An upstream cannot hold ${odd}.`,
      hint: 'Write scheme, host, port and at most a base path, such as http://127.0.0.1:3000/api.',
    },
  ];
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
  const limitNames = new Map<string, ConfigPath>();
  const effective = rateLimitNames(route.rateLimit ?? []);
  for (const [index, limit] of (route.rateLimit ?? []).entries()) {
    const limitPath = [...path, 'rateLimit', index];
    const windowMs = durationToMs(limit.window);
    if (windowMs < 1_000 || windowMs > MAX_WINDOW_MS) {
      findings.push({
        path: [...limitPath, 'window'],
        code: windowMs < 1_000 ? 'too-small' : 'too-big',
        message: `A window must be between 1s and 366d, not "${limit.window}".`,
      });
    }
    findings.push(...duplicateName(limitNames, effective[index] ?? limit.key, limitPath, 'rate limit'));
    if (open && limit.key === 'consumer') {
      findings.push({
        path: [...limitPath, 'key'],
        code: 'limit-without-key',
        message: 'This route is open to all (auth: none), so nobody can be limited by consumer.',
        hint: 'Use "key: address", or let the route ask for a key with "auth: required".',
      });
    }
  }
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
