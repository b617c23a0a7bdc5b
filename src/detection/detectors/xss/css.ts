/** What in a style sheet runs a script or fetches one: in browsers of today only imports, in older ones much more. */

const ESCAPE = /\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|([^\r\n\f0-9a-f]))/gi;

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

/** The technique, or null for a style that only looks good. */
export function judgeStyle(style: string, isUsual: (url: string) => boolean): string | null {
  const text = readStyle(style);
  if (ACTIVE.test(text)) return 'active-style';
  const from = IMPORT.exec(text)?.[1];
  return from === undefined || isUsual(from) ? null : 'style-import';
}
