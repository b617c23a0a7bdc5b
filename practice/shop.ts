import type { EventEmitter } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import type { Attempts } from './attempts.ts';
import type { Weak } from './switches.ts';

/** An order event, as told to the stream's listeners. Money is in cents. */
export interface OrderEvent {
  orderId: number;
  customerId: number;
  status: string;
  totalCents: number;
}

/** The person behind a request. */
export interface Viewer {
  customerId: number;
  role: 'customer' | 'staff';
}

/** Everything a route needs to know about the running shop. */
export interface Shop {
  db: DatabaseSync;
  weak: Weak;
  /** Carries `order` with an {@link OrderEvent}. */
  events: EventEmitter<{ order: [OrderEvent] }>;
  /** Signs session tokens. */
  tokenSecret: string;
  /** The payment company signs its notices with it. */
  paymentSecret: string;
  /** The shop's calls to itself carry it, so that inner pages can tell them from a visitor's. Never leaves the process. */
  innerSecret: string;
  loginAttempts: Attempts;
  voucherAttempts: Attempts;
  /** `http://127.0.0.1:<port>`, known once the shop listens. */
  origin: () => string;
}
