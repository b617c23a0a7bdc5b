import type { RouteLimitConfig } from '../contracts/config/rate-limit-config.ts';

/**
 * The name of each rate limit of a route: its own, that of the shared limit which it uses, else its key, with the window behind
 * it where a key occurs again.
 */
export function rateLimitNames(limits: readonly RouteLimitConfig[]): string[] {
  const unnamed = limits.filter((limit) => !('use' in limit) && limit.name === undefined);
  return limits.map((limit) => {
    if ('use' in limit) return limit.use;
    if (limit.name !== undefined) return limit.name;
    const again = unnamed.filter((other) => 'key' in other && other.key === limit.key).length > 1;
    return again ? `${limit.key}-${limit.window ?? limit.per}` : limit.key;
  });
}
