const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Let's Encrypt shuts out who fails five times in an hour. */
export const ORDERS_PER_HOUR = 4;

/** Share of a certificate's life over which renewals are spread, so that gateways set up together do not come together. */
const SPREAD = 0.02;

/**
 * When a certificate is to be replaced (Unix milliseconds): at two thirds of its life, or 30 days before its end when that is
 * later. `chance` between 0 and 1.
 */
export function renewalTime(startsAt: number, expiresAt: number, chance: number): number {
  const life = expiresAt - startsAt;
  const due = Math.max(startsAt + (life * 2) / 3, expiresAt - 30 * DAY_MS);
  return due + chance * life * SPREAD;
}

/** How long to wait after the `failures`th failure in a row: from a minute, doubled each time, up to six hours. */
export function retryDelay(failures: number, chance: number, firstMs = MINUTE_MS): number {
  const base = Math.min(firstMs * 2 ** Math.min(failures - 1, 20), 6 * HOUR_MS);
  return base * (0.8 + 0.4 * chance);
}

/** The orders of the last hour, oldest first. Times in the future (the clock was set back) are let go. */
export function recentOrders(orders: readonly number[], now: number): number[] {
  return orders.filter((time) => time <= now && now - time < HOUR_MS);
}

/** The first moment at which another order is allowed. */
export function orderAllowedAt(orders: readonly number[], now: number): number {
  const recent = recentOrders(orders, now);
  const earliest = recent[recent.length - ORDERS_PER_HOUR];
  return earliest === undefined ? now : earliest + HOUR_MS;
}
