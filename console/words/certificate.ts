const DAY_MS = 86_400_000;
const WARN_DAYS = 21;

/** How a certificate stands that ends at `end`; both in ms since 1970. */
export function certificateState(end: number, now: number): 'holds' | 'endsSoon' | 'over' {
  if (end <= now) return 'over';
  return end - now <= WARN_DAYS * DAY_MS ? 'endsSoon' : 'holds';
}
