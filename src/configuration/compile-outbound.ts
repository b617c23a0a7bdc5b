import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { OutboundConfig } from '../contracts/config/outbound-config.ts';
import type { SnapshotListen } from '../contracts/snapshot/snapshot-server.ts';
import type { SnapshotSpend, SnapshotVendor, SnapshotVendorRoute } from '../contracts/snapshot/snapshot-vendor.ts';
import { durationToMs, sizeToBytes } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import { parseListenAddress } from './listen-address.ts';
import { unique } from './unique.ts';

/** The vendors with every default filled in. `bodyLimit` is that of the whole configuration. */
export function compileOutbound(config: GatewayConfig, bodyLimit: string): SnapshotVendor[] {
  return (config.outbound ?? []).map((vendor) => ({
    name: vendor.name,
    origin: originOf(vendor),
    secret: vendor.secret,
    inject: vendor.inject ?? 'bearer',
    routes: routesOf(vendor),
    consumers: vendor.consumers === undefined ? null : unique(vendor.consumers),
    scopes: unique(vendor.scopes ?? []),
    perDay: vendor.limits?.perDay ?? null,
    spend: spendOf(vendor),
    bodyLimitBytes: sizeToBytes(vendor.limits?.body ?? bodyLimit),
    connectTimeoutMs: durationToMs(vendor.timeouts?.connect ?? CONFIG_DEFAULTS.timeouts.connect),
    responseTimeoutMs: durationToMs(vendor.timeouts?.response ?? CONFIG_DEFAULTS.timeouts.response),
    hostnames: unique((vendor.hostnames ?? []).map((name) => name.toLowerCase())),
    caFile: vendor.ca ?? null,
    allowPrivate: vendor.allowPrivate ?? false,
  }));
}

/**
 * The addresses of the vendors' door: one for all, and those that single vendors have to themselves. Where each vendor has its
 * own and none for all is asked for, there is none. Throws `RangeError` for an address that `checkOutbound` would refuse.
 */
export function outboundListen(config: GatewayConfig): SnapshotListen[] {
  const vendors = config.outbound ?? [];
  if (vendors.length === 0) return [];
  const shared = config.server?.outboundListen;
  const ofAll = shared ?? (vendors.every(({ listen }) => listen !== undefined) ? [] : [CONFIG_DEFAULTS.outboundListen]);
  return [
    ...ofAll.map((text) => listenAt(text, null)),
    ...vendors.flatMap(({ name, listen }) => (listen === undefined ? [] : [listenAt(listen, name)])),
  ];
}

/** `POST /v1/refunds` and `GET,POST /v1/customers` as methods and a path. */
export function readAllowPattern(pattern: string): { methods: string[]; path: string } {
  const space = pattern.indexOf(' ');
  return { methods: unique(pattern.slice(0, space).split(',')), path: pattern.slice(space + 1) };
}

function originOf({ host, insecure }: OutboundConfig): string {
  return new URL(`${insecure === true ? 'http' : 'https'}://${host}`).origin;
}

function routesOf({ name, allow, limits }: OutboundConfig): SnapshotVendorRoute[] {
  const spending = new Set(limits?.spendPerDay?.on);
  return unique(allow).map((pattern) => ({
    id: `${name} ${pattern}`,
    ...readAllowPattern(pattern),
    spends: spending.has(pattern),
  }));
}

function spendOf({ limits }: OutboundConfig): SnapshotSpend | null {
  const spend = limits?.spendPerDay;
  if (spend === undefined) return null;
  const amount = spend.amount ?? 'amount';
  if (typeof spend.most === 'number') return { amount, currency: null, most: { '': spend.most } };
  const most = Object.fromEntries(Object.entries(spend.most).map(([name, value]) => [name.toLowerCase(), value]));
  return { amount, currency: spend.currency ?? 'currency', most };
}

function listenAt(text: string, vendor: string | null): SnapshotListen {
  const address = parseListenAddress(text);
  if (address === null) throw new RangeError(`not an address to listen on: ${text}`);
  return { ...address, protocol: 'http', outbound: { vendor } };
}
