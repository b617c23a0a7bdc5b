/**
 * UTF-7 (RFC 2152): `+ADw-script+AD4-`. No browser reads it any more, but mail programs, libraries and a body that calls itself so do.
 * Only runs that stand for ASCII count, as nothing else is worth the disguise.
 */
const RUN = /\+(A[A-Za-z0-9+/]{2,64})-?/g;

export function decodeUtf7(text: string): string {
  return text.replace(RUN, (whole, digits: string) => {
    const bytes = Buffer.from(digits, 'base64');
    let out = '';
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      const code = bytes[i + 1] ?? 0;
      if (bytes[i] !== 0 || code < 0x09 || code > 0x7e) return whole;
      out += String.fromCharCode(code);
    }
    return /[^A-Za-z0-9 ]/.test(out) ? out : whole;
  });
}

/** Cheap: whether {@link decodeUtf7} could find anything. */
export function mayBeUtf7(text: string): boolean {
  return text.includes('+A');
}
