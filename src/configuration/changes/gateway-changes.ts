import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { isSame, listDifference } from './is-same.ts';

/** What is different for the gateway as a whole. */
export function gatewayChanges(before: GatewaySnapshot, after: GatewaySnapshot): string[] {
  const lines = [...blockListChanges(before.blocklist, after.blocklist), ...serverChanges(before.server, after.server)];
  if (!isSame(before.lock, after.lock)) lines.push(lockWords(after.lock));
  if (!isSame(before.answers, after.answers)) lines.push('What may leave with answers changed');
  const count = after.exceptions.length - before.exceptions.length;
  if (count !== 0) lines.push(count > 0 ? `Exceptions: ${count} more` : `Exceptions: ${-count} fewer`);
  else if (!isSame(before.exceptions, after.exceptions)) lines.push('Exceptions changed');
  if (!isSame(before.jwtIssuers, after.jwtIssuers)) lines.push('Whose tokens are let in changed');
  if (!isSame(before.introspection, after.introspection)) lines.push('Who is asked about access tokens changed');
  const rest = (one: GatewaySnapshot) => Object.fromEntries(Object.entries(one).filter(([name]) => !TOLD.has(name)));
  if (!isSame(rest(before), rest(after))) lines.push('Other settings of the gateway changed');
  return lines;
}

type Lists = GatewaySnapshot['blocklist'];

function blockListChanges(before: Lists, after: Lists): string[] {
  const deny = listDifference(before?.deny ?? [], after?.deny ?? []);
  const allow = listDifference(before?.allow ?? [], after?.allow ?? []);
  return [
    ...some(deny.added, (one) => `${one} is now blocked`),
    ...some(deny.removed, (one) => `${one} is no longer blocked`),
    ...some(allow.added, (one) => `${one} is now never blocked`),
    ...some(allow.removed, (one) => `${one} may be blocked again`),
  ];
}

/** Lists of addresses may be long: the first few are named. */
function some(addresses: readonly string[], words: (address: string) => string): string[] {
  const lines = addresses.slice(0, NAMED).map((address) => `Block list: ${words(address)}`);
  const more = addresses.length - NAMED;
  return more > 0 ? [...lines, `Block list: the same for ${more} more`] : lines;
}

function serverChanges(before: GatewaySnapshot['server'], after: GatewaySnapshot['server']): string[] {
  return Object.entries(after).flatMap(([name, value]) => {
    const was = before[name as keyof typeof before];
    if (isSame(was, value)) return [];
    return [`Server: ${SERVER_WORDS[name] ?? `"${name}" changed`}`];
  });
}

function lockWords(lock: GatewaySnapshot['lock']): string {
  if (lock === null) return 'The emergency lock was opened';
  return lock.routes === 'all' ? 'Everything was locked' : `Locked: ${lock.routes.slice(0, NAMED).join(', ')}`;
}

const NAMED = 10;
const SERVER_WORDS: Readonly<Record<string, string>> = {
  listen: 'other addresses to listen on',
  https: 'another certificate',
  clientCertificates: 'other client certificates are asked for',
  hstsSeconds: 'browsers insist on https for another time',
  hostnames: 'other host names',
  trustedProxies: 'other proxies are believed',
  identityHeaders: 'other names of the header fields that say who calls',
  limits: 'other limits of connections and requests',
};
const TOLD: ReadonlySet<string> = new Set([
  ...['format', 'revision', 'server', 'services', 'routes', 'consumers', 'keys', 'lock', 'blocklist', 'answers'],
  ...['exceptions', 'jwtIssuers', 'introspection'],
]);
