/** Characters and pairs of characters that mean something in some language, one bit each. */
export const SIGN = {
  quote: 1 << 0,
  doubleQuote: 1 << 1,
  backtick: 1 << 2,
  less: 1 << 3,
  greater: 1 << 4,
  parenthesis: 1 << 5,
  semicolon: 1 << 6,
  pipe: 1 << 7,
  ampersand: 1 << 8,
  dollar: 1 << 9,
  brace: 1 << 10,
  bracket: 1 << 11,
  backslash: 1 << 12,
  slash: 1 << 13,
  /** Two dots in a row. */
  dots: 1 << 14,
  percent: 1 << 15,
  colon: 1 << 16,
  equals: 1 << 17,
  hash: 1 << 18,
  /** Two dashes in a row. */
  dashes: 1 << 19,
  star: 1 << 20,
  comma: 1 << 21,
  at: 1 << 22,
  bang: 1 << 23,
  caret: 1 << 24,
  tilde: 1 << 25,
  /** CR or LF. */
  newline: 1 << 26,
  /** A control character other than tab, CR and LF. */
  control: 1 << 27,
  nonAscii: 1 << 28,
  space: 1 << 29,
  digit: 1 << 30,
} as const;

/** Bits for every ASCII code; pairs and what is beyond ASCII are added by the scan. */
export const SIGN_OF: Int32Array = new Int32Array(128);

const SINGLE: Readonly<Record<string, number>> = {
  "'": SIGN.quote,
  '"': SIGN.doubleQuote,
  '`': SIGN.backtick,
  '<': SIGN.less,
  '>': SIGN.greater,
  '(': SIGN.parenthesis,
  ')': SIGN.parenthesis,
  ';': SIGN.semicolon,
  '|': SIGN.pipe,
  '&': SIGN.ampersand,
  $: SIGN.dollar,
  '{': SIGN.brace,
  '}': SIGN.brace,
  '[': SIGN.bracket,
  ']': SIGN.bracket,
  '\\': SIGN.backslash,
  '/': SIGN.slash,
  '%': SIGN.percent,
  ':': SIGN.colon,
  '=': SIGN.equals,
  '#': SIGN.hash,
  '*': SIGN.star,
  ',': SIGN.comma,
  '@': SIGN.at,
  '!': SIGN.bang,
  '^': SIGN.caret,
  '~': SIGN.tilde,
  '\r': SIGN.newline,
  '\n': SIGN.newline,
  ' ': SIGN.space,
  '\t': SIGN.space,
};

for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (character >= '0' && character <= '9') SIGN_OF[code] = SIGN.digit;
  else if (character in SINGLE) SIGN_OF[code] = SINGLE[character] ?? 0;
  else if (code < 0x20 || code === 0x7f) SIGN_OF[code] = SIGN.control;
}
