/** Escapes that JavaScript, JSON, Java and C-like languages share: `\xHH`, `\uHHHH`, `\u{H…}`. Others mean too many things. */
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u+([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/g;

export function decodeScriptEscapes(text: string): string {
  return text.replace(ESCAPE, (whole, byte?: string, unit?: string, point?: string) => {
    const code = Number.parseInt(byte ?? unit ?? point ?? '', 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
