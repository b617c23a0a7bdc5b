import type { HeaderRules } from '../listener/header-rules.ts';
import type { Routable, Router } from '../proxy/router.ts';
import type { Booking, DayBook } from './day-book.ts';
import type { VendorSecret } from './read-secret.ts';

/** A vendor with everything about it worked out. */
export type Vendor = {
  readonly name: string;
  /** Scheme, host and port; nothing that a caller sends leads elsewhere. */
  readonly origin: string;
  readonly secret: VendorSecret;
  readonly book: DayBook;
};

/** A vendor with what may be called there. */
export type OpenVendor<Route extends Routable> = {
  readonly vendor: Vendor;
  /** For each method on its own: a narrow pattern for POST does not take GET from a wide one. */
  readonly allowed: ReadonlyMap<string, Router<Route>>;
  /** Where everything else leads: it asks who is calling, then refuses. */
  readonly barred: Route;
};

/** The vendors' door of one configuration. */
export type VendorsDoor<Route extends Routable> = {
  readonly byName: ReadonlyMap<string, OpenVendor<Route>>;
  /** By Host header; names that would lead to several vendors are not in it. */
  readonly byHost: ReadonlyMap<string, OpenVendor<Route>>;
  readonly headerRules: HeaderRules;
};

/** An exchange's part in the vendors' door. */
export type OutboundCall = {
  vendor: Vendor | null;
  /** What stood before the vendor's own path, such as "/stripe"; empty where the vendor was chosen in another way. */
  prefix: string;
  /** What was counted against the day's money for this call. */
  booking: Booking | null;
};
