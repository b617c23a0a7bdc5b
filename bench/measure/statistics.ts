/** Median and the middle half of the values: what the noise of a shared machine disturbs least. */
export type Spread = { median: number; q1: number; q3: number };

/** Throws `RangeError` without values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) };
}

/** The value below which `share` (0 to 1) of the values lie, between neighbours in proportion; `sorted` is in rising order. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('there are no values');
  return below + (above - below) * (place - Math.floor(place));
}
