/** What in a style sheet runs a script or fetches one: in browsers of today only imports, in older ones much more. */

const ESCAPE = /\\{1,2}(?:([0-9a-f]{1,6})[ \t\r\n\f]?|([^\r\n\f0-9a-f]))/gi;

/** A style as browsers read it: comments gone, escapes undone (CSS Syntax 3 §4.3.7), lower case, without spaces and controls. */
export function readStyle(style: string): string {
  let text = style;
  if (text.includes('/*')) text = withoutComments(text);
  if (text.includes('\\')) {
    text = text.replace(ESCAPE, (_, hex?: string, other?: string) => {
      if (hex === undefined) return other ?? '';
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '' : String.fromCodePoint(code);
    });
  }
  return text.normalize('NFKC').toLowerCase().replace(BLANK, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: old browsers skipped them
const BLANK = /[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028\u2029\u3000]+/g;

function withoutComments(text: string): string {
  let out = '';
  let from = 0;
  for (;;) {
    const at = text.indexOf('/*', from);
    const end = at === -1 ? -1 : text.indexOf('*/', at + 2);
    if (end === -1) return out + text.slice(from);
    out += text.slice(from, at);
    from = end + 2;
  }
}

const ACTIVE =
  /expression\(|-moz-binding:|binding:url\(|behaviou?r:(?:url\(|expression)|(?:java|vb|live)script:|mocha:|-o-link|url\(["']?data:(?:text\/(?:html|xml|javascript)|application)/;
const IMPORT = /@import(?:url\()?["'(]*([^"');]{0,200})/;

const ALONE = /url\(["']?(?:java|vb|live)script:|-moz-binding:url\(|;binding:url\(|:expression\(/;

/** Whether a text that may land inside of a style does something there. */
export function isActiveStyle(text: string): boolean {
  return ALONE.test(readStyle(text));
}

/** The technique, or null for a style that only looks good. */
export function judgeStyle(style: string, isUsual: (url: string) => boolean): string | null {
  const text = readStyle(style);
  if (ACTIVE.test(text)) return 'active-style';
  const from = IMPORT.exec(text)?.[1];
  return from === undefined || isUsual(from) ? null : 'style-import';
}

/**
 * Whether an attribute's style is written so that parsers disagree where it ends: braces and brackets, which only style sheets have
 * (but templates' placeholders), a comment left open, letters spelt as escapes, or markup. Names of type faces are escaped honestly,
 * when they are not Latin.
 */
export function isBrokenStyle(style: string): boolean {
  const plain = style.replace(/\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}/g, '');
  return (
    /[{}[\]]|[^:/]\/\*(?![^*]*\*\/)|^\/\*(?![^*]*\*\/)/.test(plain) ||
    /\\0{0,4}[46][1-9a-f](?![0-9a-f])|\\0{0,4}[57][0-9a](?![0-9a-f])|\\0{1,4}(?:3[ce]|22)/i.test(plain) ||
    /\\[g-z]/i.test(plain) ||
    /content\s{0,9}:\s{0,9}url\(|url\(["']?[^#)"']{1,200}\.svg#/i.test(plain) ||
    breaksString(plain) ||
    readStyle(plain).includes('<')
  );
}

/** Whether a string runs over the end of a line, which ends it for the browser. */
function breaksString(style: string): boolean {
  let quote = '';
  for (let i = 0; i < style.length; i++) {
    const character = style[i] as string;
    if (quote === '') {
      if (character === '"' || character === "'") quote = character;
    } else if (character === quote) quote = '';
    else if (character === '\n' && style[i - 1] !== '\\') return style.indexOf(quote, i) !== -1;
  }
  return false;
}

/** Whether brackets of a style sheet do not match, which makes parsers disagree. */
export function isUnbalanced(sheet: string): boolean {
  if (/["']<!--/.test(sheet)) return true;
  let braces = 0;
  let brackets = 0;
  for (let i = 0; i < sheet.length; i++) {
    const code = sheet.charCodeAt(i);
    if (code === 0x7b) braces++;
    else if (code === 0x7d) braces--;
    else if (code === 0x5b) brackets++;
    else if (code === 0x5d) brackets--;
    if (braces < 0 || brackets < 0 || brackets > 1) return true;
    if (brackets > 0 && (code === 0x7b || code === 0x7d || code === 0x3b)) return true;
  }
  return false;
}
