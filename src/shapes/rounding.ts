/** The bounds of numbers are kept roughly: an exact one would be somebody's value. Rounding keeps order, so it may come first. */

/** The next of … 1, 2, 5, 10, 20, 50 … that is not smaller; null where there is none. */
export function roundedUp(value: number): number | null {
  if (value === 0) return 0;
  if (value < 0) return negated(towardsZero(-value));
  return awayFromZero(value);
}

/** The same downwards. */
export function roundedDown(value: number): number | null {
  return negated(roundedUp(-value));
}

function negated(value: number | null): number | null {
  return value === null || value === 0 ? value : -value;
}

function awayFromZero(value: number): number | null {
  if (!(value <= LARGEST)) return null;
  if (value < SMALLEST) return SMALLEST;
  return STEPS.find((step) => step >= value) ?? null;
}

function towardsZero(value: number): number {
  return STEPS.findLast((step) => step <= value) ?? 0;
}

const LARGEST = 1e15;
const SMALLEST = 0.01;
const STEPS: readonly number[] = Array.from({ length: 18 }, (_, index) => index - 2).flatMap((power) =>
  [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
);
