/** Percent-decoding as lenient servers do it (RFC 3986 §2.1, and what was never a standard but is still accepted). */
export type Unescaped = {
  readonly text: string;
  /** Bytes that spell a character longer than UTF-8 allows (RFC 3629 §3): a disguise, never an accident. */
  readonly overlong: boolean;
};

/**
 * Undoes one layer of `%XX` and `%uXXXX`; what is no escape stays. Bytes are UTF-8 where they are, with overlong forms read as
 * the character they stand for, else one character each.
 */
export function decodeUrl(text: string, plusIsSpace = false): Unescaped {
  const source = plusIsSpace && text.includes('+') ? text.replaceAll('+', ' ') : text;
  let at = source.indexOf('%');
  if (at === -1) return { text: source, overlong: false };
  let out = '';
  let from = 0;
  let overlong = false;
  while (at !== -1) {
    const unit = unicodeEscape(source, at);
    if (unit >= 0) {
      out += source.slice(from, at) + String.fromCharCode(unit);
      from = at + 6;
    } else {
      const bytes = escapedBytes(source, at);
      if (bytes.length > 0) {
        const decoded = decodeBytes(bytes);
        out += source.slice(from, at) + decoded.text;
        overlong ||= decoded.overlong;
        from = at + 3 * bytes.length;
      }
    }
    at = source.indexOf('%', Math.max(from, at + 1));
  }
  return { text: out + source.slice(from), overlong };
}

/** Whether there is anything to undo. */
export function isUrlEncoded(text: string): boolean {
  return ESCAPE.test(text);
}

const ESCAPE = /%(?:[0-9a-fA-F]{2}|[uU][0-9a-fA-F]{4})/;

function unicodeEscape(text: string, at: number): number {
  const letter = text.charCodeAt(at + 1);
  if ((letter !== 0x75 && letter !== 0x55) || at + 6 > text.length) return -1;
  let value = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function escapedBytes(text: string, from: number): number[] {
  const bytes: number[] = [];
  for (let at = from; text.charCodeAt(at) === 0x25; at += 3) {
    const high = hexDigit(text.charCodeAt(at + 1));
    const low = hexDigit(text.charCodeAt(at + 2));
    if (high < 0 || low < 0) break;
    bytes.push(high * 16 + low);
  }
  return bytes;
}

export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The smallest character that each length of a UTF-8 sequence may spell. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000];

function decodeBytes(bytes: readonly number[]): Unescaped {
  let out = '';
  let overlong = false;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    const length =
      lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : lead < 0xfc ? 5 : lead < 0xfe ? 6 : 1;
    let value = length === 1 ? lead : lead & (0x7f >> length);
    let whole = true;
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k];
      // Lenient readers take the lower six bits of whatever follows; a lead byte with a plain character behind it is such a trick.
      if (next === undefined || (next & 0xc0) !== 0x80) whole = false;
      value = value * 64 + ((next ?? 0) & 0x3f);
    }
    if (length > 1 && whole && value <= 0x10ffff) {
      if (value < (SMALLEST[length] ?? 0)) overlong = true;
      out += value >= 0xd800 && value <= 0xdfff ? '\ufffd' : String.fromCodePoint(value);
      i += length;
    } else {
      out += String.fromCharCode(lead);
      i++;
    }
  }
  return { text: out, overlong };
}
