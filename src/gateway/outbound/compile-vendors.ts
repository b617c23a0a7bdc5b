import { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { SnapshotVendor, SnapshotVendorRoute } from '../../contracts/snapshot/snapshot-vendor.ts';
import type { CompiledRoute } from '../exchange.ts';
import type { SecretGaps } from '../known-secrets.ts';
import { createHeaderRules } from '../listener/header-rules.ts';
import { authenticate } from '../policies/authenticate/authenticate.ts';
import { authorizeScopes } from '../policies/authorize-scopes.ts';
import { lock } from '../policies/lock.ts';
import type { Policy } from '../policies/policy.ts';
import { createRouteTable, type Router } from '../proxy/router.ts';
import type { ServiceUpstreams } from '../proxy/service-upstreams.ts';
import type { DayBook } from './day-book.ts';
import { NO_SECRET, type VendorSecrets } from './read-secret.ts';
import type { OpenVendor, VendorsDoor } from './vendor.ts';
import { VENDOR_ALLOW_LIST, VENDOR_WITHOUT_KEY, vendorCallers } from './vendor-callers.ts';
import { vendorLimits } from './vendor-limits.ts';
import type { VendorPools } from './vendor-pools.ts';

/** What the vendors' door outlives a configuration with. */
export type OutboundParts = { readonly pools: VendorPools; readonly secrets: VendorSecrets; readonly book: DayBook };

type Context = OutboundParts & {
  readonly gaps: SecretGaps;
  /** Fields that say who a caller is: they stay in the house. */
  readonly identityNames: readonly string[];
  /** What was read before may stand in for what is gone: a lock must not wait for it. */
  readonly locked: boolean;
  compileRoute(route: SnapshotRoute, upstreams: ServiceUpstreams, policies: readonly Policy[]): CompiledRoute;
};

/**
 * Never from own programs to a vendor, beside what the front door drops: what could be a visitor's or another vendor's, and what
 * would make another call of the one that was judged.
 */
const KEPT_BACK = [
  'cookie',
  'cookie2',
  'via',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-url',
  'x-original-host',
  'x-rewrite-url',
  'x-host',
];

/** Makes the vendors' door of a snapshot ready. Reads the vendors' keys; throws `AppError` where one is missing that is none of `gaps`. */
export async function compileVendors(
  vendors: readonly SnapshotVendor[],
  context: Context,
): Promise<VendorsDoor<CompiledRoute>> {
  const byName = new Map<string, OpenVendor<CompiledRoute>>();
  const hosts = new Map<string, OpenVendor<CompiledRoute> | null>();
  for (const snapshot of vendors) {
    const vendor = await compileVendor(snapshot, context);
    byName.set(snapshot.name, vendor);
    for (const host of new Set([new URL(snapshot.origin).hostname, ...snapshot.hostnames])) {
      hosts.set(host, hosts.has(host) ? null : vendor);
    }
  }
  const byHost = new Map([...hosts].flatMap(([host, vendor]) => (vendor === null ? [] : [[host, vendor] as const])));
  return { byName, byHost, headerRules: createHeaderRules([...context.identityNames, ...KEPT_BACK]) };
}

async function compileVendor(snapshot: SnapshotVendor, context: Context): Promise<OpenVendor<CompiledRoute>> {
  const { book } = context;
  const user = `vendor ${snapshot.name}` as const;
  const secret = context.gaps.orGone(user, snapshot.secret, () => context.secrets.read(snapshot, context.locked));
  const upstream = context.pools.acquire(snapshot, context.locked);
  const compile = (route: Omit<SnapshotVendorRoute, 'spends'>, last: Policy): CompiledRoute => {
    const policies = [lock, authenticate, vendorCallers(snapshot), authorizeScopes, last];
    const compiled = context.compileRoute(asRoute(route, snapshot), upstream, policies);
    return { ...compiled, eventPlace: `"direction":"outbound",${compiled.eventPlace}` };
  };
  const barred = compile(
    { id: `${snapshot.name} other`, path: '/*', methods: [] },
    secret === null ? VENDOR_WITHOUT_KEY : VENDOR_ALLOW_LIST,
  );
  return {
    vendor: { name: snapshot.name, origin: snapshot.origin, secret: secret ?? NO_SECRET, book },
    // Without its key nothing may be called there.
    allowed: await routersOf(
      (secret === null ? [] : snapshot.routes).map((route) =>
        compile(route, vendorLimits(snapshot, route.spends, book)),
      ),
    ),
    barred: { ...barred, eventPlace: `"direction":"outbound","service":${JSON.stringify(snapshot.name)},"route":null` },
  };
}

async function routersOf(routes: readonly CompiledRoute[]): Promise<Map<string, Router<CompiledRoute>>> {
  const routers = new Map<string, Router<CompiledRoute>>();
  for (const method of new Set(routes.flatMap((route) => route.methods))) {
    routers.set(method, await createRouteTable(routes.filter((route) => route.methods.includes(method))));
  }
  const get = routers.get('GET');
  // RFC 9110 §9.3.2: HEAD asks for what GET gives, without its body.
  if (get !== undefined && !routers.has('HEAD')) routers.set('HEAD', get);
  return routers;
}

function asRoute(route: Omit<SnapshotVendorRoute, 'spends'>, vendor: SnapshotVendor): SnapshotRoute {
  return SnapshotRoute.parse({
    ...{ id: route.id, service: vendor.name, path: route.path, methods: route.methods, hostnames: [] },
    ...{ mode: 'enforce', auth: ['apiKey'], scopes: vendor.scopes, rateLimits: [] },
    bodyLimitBytes: vendor.bodyLimitBytes,
  });
}
