/** Texts wrapped in base64 or hex. Honest tokens and pictures look alike from outside: only what unwraps to readable text counts. */

const BASE64 = /^[A-Za-z0-9+/_-]{12,}={0,2}$/;
const HEX = /^(?:0x|\\x)?((?:[0-9a-fA-F]{2}){8,})$/;
/** What is unwrapped first, to see whether it is text at all: a picture is given up here. */
const SAMPLE = 64;

export function decodeBase64(text: string): string | null {
  if (text.length < 12 || !BASE64.test(text.length > 1024 ? text.slice(0, 1024) : text)) return null;
  if (!isReadable(Buffer.from(text.slice(0, SAMPLE), 'base64').toString('latin1'))) return null;
  const whole = Buffer.from(text, 'base64').toString('utf8');
  return isReadable(whole) ? whole : null;
}

export function decodeHex(text: string): string | null {
  const digits = text.length > 2_000 ? null : HEX.exec(text)?.[1];
  if (digits == null) return null;
  const whole = Buffer.from(digits, 'hex').toString('latin1');
  return isReadable(whole) ? whole : null;
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
