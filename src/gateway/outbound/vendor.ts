import type { CompiledRoute } from '../exchange.ts';
import type { HeaderRules } from '../listener/header-rules.ts';
import type { Router } from '../proxy/router.ts';
import type { Booking, DayBook } from './day-book.ts';
import type { VendorSecret } from './read-secret.ts';

/** A vendor with everything about it worked out. */
export type Vendor = {
  readonly name: string;
  /** Scheme, host and port; nothing that a caller sends leads elsewhere. */
  readonly origin: string;
  readonly secret: VendorSecret;
  /** What may be called, for each method on its own: a narrow pattern for POST does not take GET from a wide one. */
  readonly allowed: ReadonlyMap<string, Router<CompiledRoute>>;
  /** Where everything else leads: it asks who is calling, then refuses. */
  readonly barred: CompiledRoute;
  readonly book: DayBook;
};

/** The vendors' door of one configuration. */
export type VendorsDoor = {
  readonly byName: ReadonlyMap<string, Vendor>;
  /** By Host header; names that would lead to several vendors are not in it. */
  readonly byHost: ReadonlyMap<string, Vendor>;
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
