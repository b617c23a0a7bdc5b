/**
 * Characters that some layer behind may turn into ASCII: full-width forms, compatibility characters (Unicode's NFKC does so, and
 * databases' "best fit" tables), and characters that nobody sees. Letters of living languages stay what they are.
 */
const DISGUISED =
  /[\u017f\u212a\u24b6-\u24e9\uff01-\uff5e\u2032\u02b9\u02bc\ufe64\ufe65\u2024\u2025\u2044\u2215\u29f8\u2216\u29f5\ufe68]|\ud835[\udc00-\udfff]/g;
// Tab, line breaks and page breaks stay: they part words.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+/g;

const BEST_FIT: Readonly<Record<string, string>> = {
  '\u2032': "'",
  '\u02b9': "'",
  '\u02bc': "'",
  '\u2044': '/',
  '\u2215': '/',
  '\u29f8': '/',
  '\u2216': '\\',
  '\u29f5': '\\',
};

/** Characters that nobody sees, taken away. */
export function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, '');
}

export function undisguise(text: string): string {
  return text.replace(DISGUISED, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    return BEST_FIT[character] ?? character.normalize('NFKC');
  });
}
