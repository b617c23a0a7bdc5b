/** URLs that are scripts (WHATWG HTML §7.4.2.3.2), however they are written. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the URL standard strips them (WHATWG URL §4.4)
const SKIPPED = /[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROL = /[\x00-\x1f]/;
const SCHEME = /(?:java|vb|live|j|ecma)script[:#]|mocha:|data:/;
const LONGEST_HEAD = 400;
const HARMLESS =
  /^javascript:(?:void\(?(?:0|null)?\)?;?|;|\/\/|false;?|history\.(?:back\(\)|go\(-1\));?|window\.print\(\);?|undefined;?)?$/;

/** What browsers see of the beginning of a URL: neither spaces nor control characters, in lower case. */
export function headOf(url: string): string {
  return url.slice(0, LONGEST_HEAD).replace(SKIPPED, '').toLowerCase();
}

export type ScriptUrl = 'script-url' | 'data-url' | null;

/**
 * @param value of an attribute that is, or may be, a URL; quotes and the like before the scheme do not count, as old browsers had it
 * @param isFrame whether the content would be shown or run rather than drawn: then any data URL of a document counts
 */
export function judgeUrl(value: string, isFrame: boolean): ScriptUrl {
  if (!value.includes(':') && !value.includes('#')) return null;
  const head = headOf(value);
  const found = SCHEME.exec(head);
  if (found === null || found.index > 24 || /[\w]/.test(head.slice(0, found.index).replace(PREFIX, ''))) return null;
  const url = head.slice(found.index);
  // With a hash it goes nowhere, but nobody honest writes code behind it.
  if (url.includes('script#') && !url.includes('script:')) return /[(=]/.test(url) ? 'script-url' : null;
  if (!url.startsWith('data:')) return HARMLESS.test(url) ? null : 'script-url';
  if (isFrame ? DATA_DOCUMENT.test(url) : DATA_SCRIPT.test(url)) return 'data-url';
  return null;
}

/** Schemes that took another URL behind them, and what a refresh and a list of sources begin with. */
const PREFIX = /^(?:feed:|view-source:|jar:|wyciwyg:|url:|[\d.,;]*url=|\w{0,2}:)+|^\d{1,4}[;,]/;
const DATA_DOCUMENT = /^data:(?:,|;|text\/|image\/svg|application\/(?!pdf|octet)|\*)/;
const DATA_SCRIPT =
  /^data:(?:text\/(?:html|xml|javascript|ecmascript)|application\/(?:x?html|xml|javascript|x-javascript|x-x509)|(?!image)[^,]{0,40},[^,]{0,20}(?:<|%3c)(?:script|svg|img|body))/;

/** Whether the scheme is broken up by characters that browsers skip: nobody writes it so by accident. */
export function isBrokenUp(value: string): boolean {
  const head = value.slice(0, LONGEST_HEAD);
  return CONTROL.test(head) && !/(?:java|vb|live)script:/i.test(head) && /^(?:java|vb|live)script:/.test(headOf(head));
}

/** Whether a value is the beginning of a scheme, cut off by a space as copying leaves it. */
export function isBeginning(value: string): boolean {
  const head = headOf(value);
  return head.length > 3 && ('javascript:'.startsWith(head) || 'vbscript:'.startsWith(head));
}

/** Whether a link's host is written as a number, in hexadecimal or in octal, so that nobody sees where it goes. */
export function isDisguisedHost(url: string): boolean {
  return /^https?:\/{2,}(?:[^/@]{0,80}@)?(?:0x[\da-f]+|\d{8,10}|0\d{3}|(?:0x[\da-f]+|0\d{1,10}|\d{1,3})(?:\.(?:0x[\da-f]+|0\d{1,10})){1,3})(?:[/?#:]|$)/i.test(
    url.trim(),
  );
}

/** Whether what stands behind the scheme is code rather than words: "JavaScript: the good parts". */
export function isCode(value: string): boolean {
  const colon = value.indexOf(':');
  const rest = value.slice(colon + 1, colon + LONGEST_HEAD);
  if (/^\s?[A-Za-z][\w'’-]*(?:[\s,.!?]|$)/.test(rest)) return /^\s?[\w.]+\s?(?:=|\()/.test(rest);
  return /[()=`[\];{}'"/%\\]/.test(rest);
}
