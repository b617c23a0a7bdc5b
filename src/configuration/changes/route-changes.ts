import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotRateLimit } from '../../contracts/snapshot/snapshot-limits.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import { isSame, listDifference } from './is-same.ts';

/** What is different about routes. A route is the same as long as service, path and methods are. */
export function routeChanges(before: GatewaySnapshot, after: GatewaySnapshot): string[] {
  const old = new Map(before.routes.map((route) => [placeOf(route), route]));
  const several = after.services.length > 1 || before.services.length > 1;
  const nameOf = (route: SnapshotRoute) => (several ? `${route.id} (${route.service})` : route.id);
  const lines: string[] = [];
  for (const route of after.routes) {
    const was = old.get(placeOf(route));
    old.delete(placeOf(route));
    if (was === undefined) lines.push(`${nameOf(route)}: new, ${beginning(route)}`);
    else lines.push(...differences(was, route).map((what) => `${nameOf(route)}: ${what}`));
  }
  for (const route of old.values()) lines.push(`${nameOf(route)}: removed`);
  return lines;
}

const placeOf = (route: SnapshotRoute) => `${route.service}\n${route.id}\n${route.hostnames.join()}`;

function beginning(route: SnapshotRoute): string {
  if (route.mode === 'off') return 'without any check';
  const who = route.auth.length === 0 ? 'open to everybody' : `asks for ${waysOf(route)}`;
  const may = route.scopes.length === 0 ? '' : `, needs ${permissions(route.scopes)}`;
  return `${who}${may}${route.mode === 'monitor' ? ', only watched' : ''}`;
}

function differences(was: SnapshotRoute, route: SnapshotRoute): string[] {
  const lines: string[] = [];
  if (was.mode !== route.mode) lines.push(MODES[route.mode]);
  if (!isSame([was.auth, was.authAll], [route.auth, route.authAll])) {
    if (route.auth.length === 0) lines.push('now open to everybody');
    else lines.push(`now asks for ${waysOf(route)}${was.auth.length === 0 ? '' : `, before ${waysOf(was)}`}`);
  }
  const scopes = listDifference(was.scopes, route.scopes);
  if (scopes.added.length > 0) lines.push(`now needs ${permissions(scopes.added)}`);
  if (scopes.removed.length > 0) lines.push(`no longer needs ${permissions(scopes.removed)}`);
  lines.push(...limitChanges(was.rateLimits, route.rateLimits));
  if (was.bodyLimitBytes !== route.bodyLimitBytes) {
    lines.push(`takes bodies of ${size(route.bodyLimitBytes)} at most, before ${size(was.bodyLimitBytes)}`);
  }
  if (was.allowEncodedSlash !== route.allowEncodedSlash) {
    lines.push(route.allowEncodedSlash ? 'now takes %2F in paths' : 'no longer takes %2F in paths');
  }
  for (const [part, words] of PARTS) lines.push(...partChange(was[part], route[part], words));
  const rest = (one: SnapshotRoute) => Object.fromEntries(Object.entries(one).filter(([name]) => !TOLD.has(name)));
  if (!isSame(rest(was), rest(route))) lines.push('other settings changed');
  return lines;
}

function limitChanges(before: readonly SnapshotRateLimit[], after: readonly SnapshotRateLimit[]): string[] {
  const old = new Map(before.map((limit) => [limit.name, limit]));
  const lines = after.flatMap((limit) => {
    const was = old.get(limit.name);
    old.delete(limit.name);
    if (was === undefined) return [`now limited to ${limitWords(limit)}`];
    return isSame(was, limit) ? [] : [`the limit is now ${limitWords(limit)}, before ${limitWords(was)}`];
  });
  return [...lines, ...[...old.values()].map((limit) => `no longer limited to ${limitWords(limit)}`)];
}

function partChange(was: unknown, is: unknown, words: string): string[] {
  if (isSame(was, is)) return [];
  if (was === null || was === undefined) return [`now ${words}`];
  return [is === null || is === undefined ? `no longer ${words}` : `${words} in another way`];
}

function limitWords({ key, quota, windowMs }: SnapshotRateLimit): string {
  const by = key === 'address' ? 'address' : key === 'consumer' ? 'caller' : key.replace(/^body\./, 'value of ');
  return `${quota} in ${windowMs / 1000} s for each ${by}`;
}

function waysOf(route: SnapshotRoute): string {
  return route.auth.map((way) => WAYS[way] ?? way).join(route.authAll ? ' and ' : ' or ');
}

const permissions = (scopes: readonly string[]) =>
  `${scopes.length === 1 ? 'the permission' : 'the permissions'} ${scopes.join(', ')}`;

function size(bytes: number): string {
  for (const [unit, factor] of UNITS) if (bytes >= factor && bytes % factor === 0) return `${bytes / factor} ${unit}`;
  return `${bytes} B`;
}

const UNITS = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;
const MODES = { off: 'no longer looked at', monitor: 'now only watched, nobody is refused', enforce: 'now enforced' };
const WAYS: Readonly<Record<string, string>> = {
  apiKey: 'a key',
  jwt: 'a token',
  oauth2: 'an access token',
  basic: 'a user name and password',
  mtls: 'a client certificate',
};
const PARTS = [
  ['ownership', 'asks whose the record is'],
  ['validate', 'checks the form of requests'],
  ['attackFilter', 'looks for attacks'],
  ['responseGuard', 'guards answers'],
] as const;
const TOLD: ReadonlySet<string> = new Set([
  ...['id', 'service', 'path', 'methods', 'hostnames', 'mode', 'auth', 'authAll', 'scopes', 'rateLimits'],
  ...['bodyLimitBytes', 'allowEncodedSlash', 'ownership', 'validate', 'attackFilter', 'responseGuard'],
]);
