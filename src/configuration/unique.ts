/** The values without repetitions, in their first order. */
export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
