const DAY_MS = 86_400_000;

/** A date holds until its last millisecond, UTC; a moment until itself. */
export function endOfExpiry(expires: string): number {
  const start = Date.parse(expires);
  return expires.includes('T') ? start : start + DAY_MS - 1;
}
