/**
 * X-RateLimit-Limit, -Remaining and -Reset (seconds), which older client libraries read, for the limit of which the least is left.
 * Taken from the standard fields: they are only asked for where `server.legacyRateLimitHeaders` is on.
 */
export function pushLegacyRateHeaders(policy: string, standing: string, out: string[]): void {
  let least: { name: string; remaining: number; reset: string } | null = null;
  for (const [, name = '', remaining, reset = ''] of standing.matchAll(/"([^"]*)";r=(\d+);t=(\d+)/g)) {
    if (least === null || Number(remaining) < least.remaining) least = { name, remaining: Number(remaining), reset };
  }
  if (least === null) return;
  const { name, remaining, reset } = least;
  const quota = policy.split(', ').find((member) => member.startsWith(`"${name}";q=`));
  const limit = /;q=(\d+)/.exec(quota ?? '')?.[1];
  if (limit !== undefined) out.push('X-RateLimit-Limit', limit);
  out.push('X-RateLimit-Remaining', String(remaining), 'X-RateLimit-Reset', reset);
}
