/**
 * Escapes that JavaScript, JSON, Java and C-like languages share: `\xHH`, `\uHHHH`, `\u{H…}`, and octal ones of three digits. Others mean
 * too many things.
 */
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u+([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([0-3][0-7]{2}))/g;

export function decodeScriptEscapes(text: string): string {
  return text.replace(ESCAPE, (whole, byte?: string, unit?: string, point?: string, octal?: string) => {
    const code = octal === undefined ? Number.parseInt(byte ?? unit ?? point ?? '', 16) : Number.parseInt(octal, 8);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
