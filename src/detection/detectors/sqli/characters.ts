/** Character codes as SQL sees them: spaces, quotes, and what a name is made of. */
export const QUOTE = 0x27;
export const DOUBLE_QUOTE = 0x22;
export const BACKTICK = 0x60;

/** 0 for what is no quote. Databases that convert to an eight-bit character set turn typographic ones into plain ones. */
export function quoteOf(code: number): number {
  if (code === QUOTE || code === 0x2018 || code === 0x2019 || code === 0xb4 || code === 0x2032) return QUOTE;
  return code === DOUBLE_QUOTE ? DOUBLE_QUOTE : 0;
}

export function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0x85 || code === 0x7f || code === 0x3000;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x61 && code <= 0x66);
}

export function isWordStart(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code === 0x5f) return true;
  return code > 0x7f && !isSpace(code) && quoteOf(code) === 0 && !(code >= 0x2010 && code <= 0x206f);
}

export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 0x24;
}
