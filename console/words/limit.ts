import type { RouteInput } from '../../src/contracts/api/front-door.ts';
import type { Say } from './say-in.ts';

export type Limit = RouteInput['rateLimits'][number];

const UNITS = ['ms', 's', 'm', 'h', 'd'] as const;
type Unit = (typeof UNITS)[number];

/** `15m` → 15 and "m"; null for what is no length of time. */
export function readDuration(text: string): { count: number; unit: Unit } | null {
  const found = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
  if (found === null) return null;
  return { count: Number(found[1]), unit: found[2] as Unit };
}

/** `1m` → "a minute", `15m` → "15 minutes", `60s` → "a minute". */
export function spanInWords(say: Say, text: string): string {
  const read = readDuration(text);
  if (read === null) return text;
  const larger = { s: [60, 'm'], m: [60, 'h'], h: [24, 'd'] } as const;
  let { count, unit } = read;
  while (unit === 's' || unit === 'm' || unit === 'h') {
    const [size, next] = larger[unit];
    if (count === 0 || count % size !== 0) break;
    count /= size;
    unit = next;
  }
  if (count === 1) return say(`words.span.one.${unit}`);
  return say(`words.span.many.${unit}`, { count });
}

/** `{ key: 'address', quota: 5, window: '1m' }` → "at most 5 calls in a minute from one address". */
export function limitInWords(say: Say, limit: Limit): string {
  const span = spanInWords(say, limit.window);
  const count = limit.quota;
  if (limit.key === 'address') return say('words.limit.address', { count, span });
  if (limit.key === 'consumer') return say('words.limit.consumer', { count, span });
  return say('words.limit.field', { count, span, field: limit.key.replace(/^body\./, '') });
}
