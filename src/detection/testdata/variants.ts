/**
 * Ways to wrap a text that some application, or something in front of it, will undo. Deterministic: a variant that is missed is
 * missed each time. Which of them leave an attack an attack is for each detector's test data to say.
 */
export const VARIANTS = {
  url: (text: string) => [...Buffer.from(text)].map((byte) => `%${hex(byte, 2)}`).join(''),
  'double-url': (text: string) => encodeURIComponent(encodeURIComponent(text)),
  unicode: (text: string) => [...text].map((one) => (isAscii(one) ? `%u${hex(one.charCodeAt(0), 4)}` : one)).join(''),
  html: (text: string) =>
    [...text].map((one) => (/\w| /.test(one) ? one : `&#x${hex(one.codePointAt(0) ?? 0, 2)};`)).join(''),
  json: (text: string) =>
    [...text].map((one) => (/\w| /.test(one) || !isAscii(one) ? one : `\\u${hex(one.charCodeAt(0), 4)}`)).join(''),
  'full-width': (text: string) =>
    [...text]
      .map((one) => (/[!-/:-@[-`{-~]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one))
      .join(''),
  case: (text: string) => [...text].map((one, i) => (i % 2 === 0 ? one.toUpperCase() : one.toLowerCase())).join(''),
  upper: (text: string) => text.toUpperCase(),
  comments: (text: string) => text.replaceAll(' ', '/**/'),
  'long-comments': (text: string) => text.replaceAll(' ', '/*a b*/'),
  whitespace: (text: string) => text.replaceAll(' ', ' \t\n'),
  newlines: (text: string) => text.replaceAll(' ', '\n'),
  'line-comments': (text: string) => text.replaceAll(' ', '--x\n'),
} as const satisfies Record<string, (text: string) => string>;

export type VariantName = keyof typeof VARIANTS;

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function isAscii(character: string): boolean {
  return character.charCodeAt(0) < 128;
}
