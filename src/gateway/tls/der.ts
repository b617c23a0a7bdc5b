/**
 * Just enough of DER (ITU-T X.690) to write a certificate: every function gives one whole element, tag and length included.
 * It writes only; what others wrote is read by node:crypto.
 */

function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const short = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 | short.length]), short, body]);
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(0x30, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => element(0x31, ...items);
export const octets = (bytes: Uint8Array): Buffer => element(0x04, bytes);
export const utf8 = (text: string): Buffer => element(0x0c, Buffer.from(text));
export const TRUE = element(0x01, Buffer.from([0xff]));

/** A whole number that is not negative, from its bytes, most significant first. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first === -1 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  return element(0x02, ...((short[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : []), short);
}

/** `unused` counts the bits at the end of the last byte that do not belong to it. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer => element(0x03, Buffer.from([unused]), bytes);

/** `[number]`, around whole elements. */
export const tagged = (number: number, ...items: readonly Uint8Array[]): Buffer => element(0xa0 | number, ...items);

/** `[number]` in place of the tag that the bytes would have (IMPLICIT). */
export const taggedBytes = (number: number, bytes: Uint8Array): Buffer => element(0x80 | number, bytes);

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049 and GeneralizedTime after it (RFC 5280 §4.1.2.5). `time` in Unix milliseconds. */
export function moment(time: number): Buffer {
  const text = `${new Date(time).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return text < '2050' ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}
