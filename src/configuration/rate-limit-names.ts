/** The name of each rate limit of a route: its own, else its key, with the window behind it where a key occurs again. */
export function rateLimitNames(
  limits: readonly { name?: string | undefined; key: string; window: string }[],
): string[] {
  return limits.map((limit) => {
    if (limit.name !== undefined) return limit.name;
    const again = limits.filter((other) => other.name === undefined && other.key === limit.key).length > 1;
    return again ? `${limit.key}-${limit.window}` : limit.key;
  });
}
