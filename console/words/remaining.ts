import type { Say } from './say-in.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "3 days", "26 hours", "12 minutes", "a minute": what is left of `ms`, in the unit in which people would count it. */
export function remainingInWords(say: Say, ms: number): string {
  const [unit, length] = ms >= 47.5 * HOUR ? ['d', DAY] : ms >= 59.5 * MINUTE ? ['h', HOUR] : ['m', MINUTE];
  const count = Math.max(1, Math.round(ms / (length as number)));
  return count === 1 ? say(`words.span.one.${unit}`) : say(`words.span.many.${unit}`, { count });
}
