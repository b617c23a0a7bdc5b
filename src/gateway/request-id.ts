import { getRandomValues } from 'node:crypto';

/**
 * Request ids: ULIDs (https://github.com/ulid/spec), 26 characters of Crockford's base 32: 48 bits of Unix milliseconds, then
 * 80 random bits. They sort by time, which keeps the database's index on them small and quick. A stretch of random bits is
 * drawn at once, as drawing costs more than the rest.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAIRS: readonly string[] = Array.from(
  { length: 1024 },
  (_, i) => `${ALPHABET[i >> 5] ?? ''}${ALPHABET[i & 31] ?? ''}`,
);
const pool = new Uint16Array(4096);
let used = pool.length;
let cachedTime = -1;
let cachedPrefix = '';

/** A new id for a request that came at `time` (Unix milliseconds). */
export function createRequestId(time: number): string {
  if (used + 8 > pool.length) {
    getRandomValues(pool);
    used = 0;
  }
  if (time !== cachedTime) {
    cachedTime = time;
    cachedPrefix = timePrefix(time);
  }
  let id = cachedPrefix;
  for (let i = 0; i < 8; i++) id += PAIRS[(pool[used++] ?? 0) & 1023];
  return id;
}

function timePrefix(time: number): string {
  let rest = time;
  let prefix = '';
  for (let i = 0; i < 5; i++) {
    prefix = (PAIRS[rest % 1024] ?? '') + prefix;
    rest = Math.floor(rest / 1024);
  }
  return prefix;
}
