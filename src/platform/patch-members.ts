/**
 * The members of `before` with those of `patch` in their place: null takes one away, as in a JSON merge patch (RFC 7396), but
 * values are replaced as a whole and never merged into one another.
 */
export function patchMembers(
  before: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries({ ...before, ...patch });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}
