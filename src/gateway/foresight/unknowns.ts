import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';

/** What differs between two snapshots and cannot be held against recorded calls, one plain sentence each. */
export function unknownsBetween(before: GatewaySnapshot, after: GatewaySnapshot): string[] {
  const old = new Map(before.routes.map((route) => [`${route.service}\n${route.id}`, route]));
  const found = new Map<string, string[]>();
  const note = (what: string, route: SnapshotRoute) => found.set(what, [...(found.get(what) ?? []), route.id]);
  for (const route of after.routes) {
    if (route.mode === 'off') continue;
    const was = old.get(`${route.service}\n${route.id}`);
    const wasOpen = was === undefined || was.auth.length === 0 || was.mode === 'off';
    if (route.auth.length > 0 && wasOpen) note(SENT_ALREADY, route);
    if (route.mode !== 'enforce') continue;
    const began = was?.mode !== 'enforce';
    const differs = (part: keyof SnapshotRoute) => began || JSON.stringify(was?.[part]) !== JSON.stringify(route[part]);
    if (route.validate !== null && differs('validate')) note(BODIES, route);
    if (route.attackFilter?.mode === 'enforce' && !watchedAlike(was, route)) note(ATTACKS, route);
    if (route.ownership !== null && differs('ownership')) note(OWNERS, route);
    if (route.rateLimits.some((limit) => limit.key.startsWith('body.')) && differs('rateLimits')) note(FIELDS, route);
    if (route.authAll && differs('authAll')) note(TOGETHER, route);
    const byTokens = route.auth.includes('jwt') || route.auth.includes('oauth2');
    if (byTokens && route.scopes.length > 0 && differs('scopes')) note(CLAIMS, route);
    if (was?.allowEncodedSlash === true && !route.allowEncodedSlash) note(SLASHES, route);
  }
  const lines = [...found].map(([what, routes]) => `${what} (${listed(routes)}).`);
  const issuers = (snapshot: GatewaySnapshot) => JSON.stringify([snapshot.jwtIssuers, snapshot.introspection]);
  if (issuers(after) !== '[[],[]]' && issuers(after) !== issuers(before)) {
    lines.push('The record does not hold what tokens say, so how changed issuers would judge them is not known.');
  }
  const names = (snapshot: GatewaySnapshot) => snapshot.server.hostnames.join('\n');
  if (after.server.hostnames.length > 0 && names(after) !== names(before)) {
    lines.push('The record does not hold host names, so who calls under a name that is no longer served is not known.');
  }
  return lines;
}

/** Whether the filter looked for the same before, whatever it did then. */
function watchedAlike(was: SnapshotRoute | undefined, route: SnapshotRoute): boolean {
  if (was === undefined || was.attackFilter === null || was.mode === 'off') return false;
  return JSON.stringify({ ...was.attackFilter, mode: '' }) === JSON.stringify({ ...route.attackFilter, mode: '' });
}

function listed(routes: readonly string[]): string {
  const shown = routes.slice(0, 3).join(', ');
  return routes.length > 3 ? `${shown} and ${routes.length - 3} more` : shown;
}

const SENT_ALREADY =
  'Routes that asked for nothing do not record who called, so their callers count as having shown nothing';
const BODIES =
  'The record does not hold what requests contain, so what the form would refuse is known from monitor mode alone';
const ATTACKS =
  'The record does not hold what requests contain, so what the attack filter would stop is known from monitor mode alone';
const OWNERS =
  'The record does not hold ids in requests, so whose records were asked for is known from monitor mode alone';
const FIELDS = 'The record does not hold fields of bodies, so limits by field are not counted';
const TOGETHER = 'The record names one credential of a call, so whether the others were there is not known';
const CLAIMS = 'The record does not hold the permissions in tokens, so callers with tokens count as having them';
const SLASHES = 'The record does not say which paths held an encoded slash, so these are not counted';
