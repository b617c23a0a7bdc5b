/**
 * Program text without what its languages do not read: comments gone, space kept only between words, member access by name in one form
 * (`a["b"]` and `a->b` → `a.b`), neighbouring strings joined (`'sys'.'tem'`, `'a'+'b'`), one kind of quotes, lower case. So a name and
 * its parenthesis, or the links of a chain, stand together however they were written. Made for C-like and scripting languages.
 * Linear: one pass, and a search that failed is not made again.
 */
export function compactCode(lower: string): string {
  const out: string[] = [];
  let last = '';
  let at = 0;
  let noBlockEnd = false;
  const push = (piece: string): void => {
    out.push(piece);
    last = piece;
  };
  while (at < lower.length) {
    const code = lower.charCodeAt(at);
    if (isSpace(code)) {
      at++;
      while (isSpace(lower.charCodeAt(at))) at++;
      if (isWord(last.charCodeAt(last.length - 1)) && isWord(lower.charCodeAt(at))) push(' ');
      continue;
    }
    if (isWord(code)) {
      const start = at++;
      while (isWord(lower.charCodeAt(at))) at++;
      push(lower.slice(start, at));
      continue;
    }
    if (code === SLASH && lower.charCodeAt(at + 1) === STAR && !noBlockEnd) {
      const end = lower.indexOf('*/', at + 2);
      if (end !== -1) {
        at = end + 2;
        continue;
      }
      noBlockEnd = true;
    }
    const comment = lineComment(lower, at);
    if (comment > at) {
      at = comment;
      continue;
    }
    if (code === QUOTE || code === DOUBLE_QUOTE || code === BACKTICK) {
      push('"');
      at++;
      continue;
    }
    if (code === DASH && lower.charCodeAt(at + 1) === GREATER) {
      push('.');
      at += 2;
      continue;
    }
    push(lower[at] as string);
    at++;
  }
  return joined(out.join(''));
}

const SLASH = 0x2f;
const STAR = 0x2a;
const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKTICK = 0x60;
const DASH = 0x2d;
const GREATER = 0x3e;
const LONGEST_COMMENT = 200;

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}

/** Letters, digits, `_` and `$`; NaN, behind the end, is none. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    code === 0x24 ||
    code > 0xa0
  );
}

/** Where a `//` or `#` comment of a few words ends that hides a line break; `at` where there is none. */
function lineComment(text: string, at: number): number {
  const isHash = text[at] === '#' && text[at + 1] !== '{';
  const isSlashes = text[at] === '/' && text[at + 1] === '/' && text[at - 1] !== ':';
  if (!isHash && !isSlashes) return at;
  const rest = text.slice(at, at + LONGEST_COMMENT);
  const end = rest.indexOf('\n');
  return end === -1 ? at : at + end;
}

const GLUE = /"(?:\.|\+|\|\|)"|"\s?"(?=\w)(?<=\w""?)/g;
const MEMBER = /(?<=[\w$)\]])\[@?"([a-z_$][\w$]{0,60})"\]/g;

/** Not of variables of PHP: theirs are arrays, and a call behind one is a call of what it holds. */
function member(whole: string, name: string, at: number, text: string): string {
  let start = at;
  while (start > 0 && at - start < 64 && isWord(text.charCodeAt(start - 1))) start--;
  return text[start] === '$' ? whole : `.${name}`;
}

function joined(text: string): string {
  let out = text.includes('"') ? text.replace(GLUE, '') : text;
  if (out.includes('["')) out = out.replace(MEMBER, member);
  return out;
}
