import type { CompiledRoute, Exchange } from '../exchange.ts';
import { readHead } from '../listener/read-head.ts';
import type { Refusal } from '../refusal.ts';
import type { OpenVendor, OutboundCall } from './vendor.ts';

type Open = OpenVendor<CompiledRoute>;

/**
 * Reads a call at the vendors' door and finds out which vendor it is for: the only one of its address (`only`), else by its Host
 * header, else by the first segment of its path, which is then taken away. Null: `x.route` is what its pipeline runs on.
 */
export function enterVendorsDoor(x: Exchange, only: string | null): Refusal | null {
  const { runtime } = x;
  const call: OutboundCall = { vendor: null, prefix: '', booking: null };
  x.outbound = call;
  const unclear = readHead(x, runtime.vendors.headerRules, runtime.server.limits.headersBytes);
  x.forwardedFor = x.forwardedProto = x.forwardedHost = null;
  if (runtime.blockList?.blocks(x.peer.address) === true) return { code: 'address-blocked' };
  if (unclear !== null) return { code: unclear };
  if (x.response === null) return { code: 'upgrade-unsupported' };
  const open = only === null ? chooseVendor(x, call) : (runtime.vendors.byName.get(only) ?? null);
  if (open === null) return { code: 'vendor-unknown' };
  call.vendor = open.vendor;
  x.authorization = userNameAsBearer(x.authorization);
  x.route = routeFor(x, open);
  return x.contentLength > x.route.bodyLimitBytes ? { code: 'body-too-large' } : null;
}

function chooseVendor(x: Exchange, call: OutboundCall): Open | null {
  const { byHost, byName } = x.runtime.vendors;
  const named = byHost.get(x.host.replace(/:\d*$/, '').toLowerCase());
  if (named !== undefined) return named;
  const end = x.path.indexOf('/', 1);
  const segment = x.path.slice(1, end === -1 ? undefined : end);
  const vendor = byName.get(segment) ?? null;
  if (vendor === null) return null;
  call.prefix = `/${segment}`;
  // A name has no character that is percent-encoded here, so it is as long in both.
  x.path = x.path.slice(call.prefix.length) || '/';
  x.decodedPath = x.decodedPath.slice(call.prefix.length) || '/';
  return vendor;
}

function routeFor(x: Exchange, { allowed, barred }: Open): CompiledRoute {
  const match = allowed.get(x.method)?.find('', x.method, x.path, x.decodedPath);
  if (match?.kind !== 'route') return barred;
  x.params = match.params;
  return match.route;
}

/** `curl -u KEY:` and its like show the key as the user name of Basic authentication (RFC 7617); null and others stay. */
function userNameAsBearer(authorization: string | null): string | null {
  if (authorization === null || !/^basic /i.test(authorization)) return authorization;
  const [user = ''] = Buffer.from(authorization.slice(6).trim(), 'base64').toString('utf8').split(':', 1);
  return `Bearer ${user}`;
}
