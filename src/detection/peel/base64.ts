import { hexDigit } from './url.ts';

/** Texts wrapped in base64 or hex. Honest tokens and pictures look alike from outside: only what unwraps to readable text counts. */

const BASE64 = /^[A-Za-z0-9+/_-]{12,}={0,2}$/;
const HEX = /^(?:0x|\\x)?((?:[0-9a-fA-F]{2}){8,})$/;
/** What is unwrapped first, to see whether it is text at all: a picture is given up here. */
const SAMPLE = 64;
const FEWEST = 12;

export function decodeBase64(text: string): string | null {
  if (text.length < FEWEST || !beginsReadable(text)) return null;
  if (!BASE64.test(text.length > 1024 ? text.slice(0, 1024) : text)) return null;
  if (!isReadable(Buffer.from(text.slice(0, SAMPLE), 'base64').toString('latin1'))) return null;
  const whole = Buffer.from(text, 'base64').toString('utf8');
  return isReadable(whole) ? whole : null;
}

export function decodeHex(text: string): string | null {
  if (text.length < 16 || text.length > MOST_HEX) return null;
  // Every character that people type has a first digit from 2 to 7.
  const start = text.charCodeAt(1) === 0x78 ? 2 : 0;
  for (let at = start; at < start + 8; at += 2) {
    const digit = hexDigit(text.charCodeAt(at));
    if ((digit < 2 || digit > 7) && digit !== 0) return null;
  }
  const digits = HEX.exec(text)?.[1];
  if (digits === undefined) return null;
  const whole = Buffer.from(digits, 'hex').toString('latin1');
  return isReadable(whole) ? whole : null;
}

const MOST_HEX = 20_000;

/** The value of each base64 digit, of both alphabets (RFC 4648 §4 and §5); 64 for all others. */
const DIGIT = new Uint8Array(128).fill(64);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, i) => {
  DIGIT[digit.charCodeAt(0)] = i;
});
DIGIT[0x2d] = 62;
DIGIT[0x5f] = 63;

/**
 * Whether the first nine bytes are characters that people type, but for one. Most names and tokens that look like base64 from outside are
 * given up here, at next to no cost.
 */
function beginsReadable(text: string): boolean {
  let odd = 0;
  for (let at = 0; at < FEWEST; at += 4) {
    let group = 0;
    for (let i = at; i < at + 4; i++) {
      const code = text.charCodeAt(i);
      const digit = code < 128 ? (DIGIT[code] as number) : 64;
      if (digit === 64) {
        if (code === 0x3d && at === FEWEST - 4) return odd <= 1;
        return false;
      }
      group = (group << 6) | digit;
    }
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (group >> shift) & 0xff;
      if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte > 0x7e) odd++;
    }
    if (odd > 1) return false;
  }
  return true;
}

/** Nearly all of it characters that people type, and something among them that is neither letter nor digit. */
function isReadable(text: string): boolean {
  let odd = 0;
  let marks = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) continue;
    if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) continue;
    if (code === 0xfffd || code === 0x7f || (code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)) odd++;
    else if (code < 0x80) marks++;
    else odd += 0.5;
  }
  return marks > 0 && odd * 20 <= text.length;
}
