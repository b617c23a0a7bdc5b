/** Ways to write a tag without the characters of one, which some reader behind turns back. */

const UTF7 = /[+ ](AD[w4]|ACI|ACc|AD0|ACg|ACk|AGE)-?/gi;
const UTF7_CHARACTER: Readonly<Record<string, string>> = {
  adw: '<',
  ad4: '>',
  aci: '"',
  acc: "'",
  ad0: '=',
  acg: '(',
  ack: ')',
  age: 'a',
};

/**
 * The text with such disguises undone; null when there are none: UTF-7 (RFC 2152), which old browsers guessed; tags in the upper half
 * of an 8-bit character set, whose upper bit US-ASCII dropped; and letters or names kept apart by spaces.
 */
export function unmask(text: string, lower: string): string | null {
  let out = text;
  if (lower.includes('adw-')) out = out.replace(UTF7, (_, code: string) => UTF7_CHARACTER[code.toLowerCase()] ?? '');
  if (out.includes('\u00bc') && out.includes('\u00be')) {
    // As UTF-8 they have a byte before them, when that is read one by one.
    out = out
      .replace(/[\u00c2\u00d0](?=[\u00a2\u00bc\u00be])/g, '')
      .replace(/[\u00a2\u00a7\u00bc\u00be]/g, (code) => String.fromCharCode(code.charCodeAt(0) - 0x80));
  }
  if (SPACED.test(lower)) out = out.replace(SPACES_IN_TAG, '<$1');
  if (out.includes('<') && SPELT_TAG.test(lower)) out = out.replace(SPELT_OUT, (tag) => tag.replace(/\s+/g, ''));
  return out === text ? null : out;
}

const SPACED = /<\s{1,9}\/?\s{0,9}(?:script|iframe|svg|img|body|object|embed|x:)/;
const SPACES_IN_TAG = /<\s{1,9}(\/?\s{0,9}[a-z])/gi;
const SPELT_TAG = /<(?:s c r i p t|i f r a m e|f o r m|i m g|s v g|o b j e c t|e m b e d|b o d y|d i a l o g)/;
const SPELT_OUT = /<[a-z](?: [a-z]){2,9}(?![a-z])/gi;
