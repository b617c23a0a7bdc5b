import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The format of a consumer's key: `nl_live_<32 random base62 characters>_<checksum>`, for example
 * `nl_live_3fKq…9aQ_0aB3dE`. The prefix lets leak scanners find keys; the checksum (CRC-32 of all that stands before its
 * underscore, as six base62 digits) lets a typing error be told from a wrong key without a look-up. The checksum protects
 * nothing: only the SHA-256 of the whole key decides whether a key is good.
 */
export type ApiKeyShape = 'well-formed' | 'mistyped' | 'foreign';

/** A new key with 190 bits from the operating system's random source. */
export function createApiKey(): string {
  const body = `${API_KEY_PREFIX}${randomBase62(RANDOM_LENGTH)}`;
  return `${body}_${checksum(body)}`;
}

/**
 * `well-formed`: prefix, length and checksum fit; `mistyped`: it begins like one of our keys but does not fit;
 * `foreign`: something else altogether, such as another vendor's key.
 */
export function classifyApiKey(text: string): ApiKeyShape {
  if (!text.startsWith(FAMILY)) return 'foreign';
  if (!WELL_FORMED.test(text)) return 'mistyped';
  const end = text.length - CHECKSUM_LENGTH - 1;
  return checksum(text.slice(0, end)) === text.slice(end + 1) ? 'well-formed' : 'mistyped';
}

/** Hex SHA-256 of the whole key: all that is ever stored. A fast hash is right here, as the key itself is high-entropy. */
export function hashApiKey(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Enough of a key to recognise it in a list, too little to use it: `nl_live_3fK…9aQ`. */
export function apiKeyHint(text: string): string {
  const end = text.length - CHECKSUM_LENGTH - 1;
  return `${text.slice(0, API_KEY_PREFIX.length + HINT_LENGTH)}…${text.slice(end - HINT_LENGTH, end)}`;
}

/** Random base62 text without modulo bias: bytes that do not divide evenly among the 62 digits are thrown away. */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      if (byte < UNBIASED_BELOW && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = BASE62[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

const FAMILY = 'nl_';
/** How every key of ours begins; leak scanners look for it. */
export const API_KEY_PREFIX = 'nl_live_';
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const HINT_LENGTH = 3;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const UNBIASED_BELOW = 256 - (256 % 62);
// Up to 64 random characters are accepted, so that a later version may make longer keys.
const WELL_FORMED = /^nl_live_[0-9A-Za-z]{32,64}_[0-9A-Za-z]{6}$/;
