import { BACKTICK, isDigit, isHexDigit, isSpace, isWordPart, isWordStart, QUOTE, quoteOf } from './characters.ts';
import { scanOperator } from './operators.ts';
import { TOKEN, Tokens } from './tokens.ts';
import { KEYWORDS } from './words.ts';

const LONGEST_KEYWORD = 24;
/** Enough for any query: what makes no sense as SQL until there is none, and what does is judged by its beginning. */
const MOST_TOKENS = 4_096;

/**
 * Reads a text as SQL from a place on, as MySQL, PostgreSQL, SQL Server, Oracle and SQLite would between them: where they differ, in
 * the way that shows more. One pass, never back.
 *
 * @param lower the text with its ASCII letters in lower case
 * @param most tokens to read
 * @param looseQuotes quotes part words and mean nothing else: for texts whose quotes cannot be paired
 */
export function tokenize(lower: string, from: number, looseQuotes = false, most = MOST_TOKENS): Tokens {
  const tokens = new Tokens();
  let at = from;
  while (at < lower.length && tokens.length < most) {
    const next = step(lower, at, tokens, looseQuotes);
    at = next > at ? next : at + 1;
  }
  tokens.cut = at < lower.length;
  return tokens;
}

function step(text: string, at: number, tokens: Tokens, loose: boolean): number {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return at + 1;
  if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(at + 1)))) return number(text, at, tokens);
  if (isWordStart(code)) return word(text, at, tokens, loose);
  const quote = quoteOf(code);
  if (quote !== 0) {
    if (!loose) return string(text, at, at + 1, quote, tokens);
    tokens.push(TOKEN.other, at, at + 1);
    return at + 1;
  }
  switch (code) {
    case 0x28:
      tokens.push(TOKEN.open, at, at + 1);
      return at + 1;
    case 0x29:
      tokens.push(TOKEN.close, at, at + 1);
      return at + 1;
    case 0x2c:
      tokens.push(TOKEN.comma, at, at + 1);
      return at + 1;
    case 0x3b:
      tokens.push(TOKEN.semicolon, at, at + 1);
      return at + 1;
    case 0x2d:
      if (text.charCodeAt(at + 1) === 0x2d) return lineComment(text, at, tokens);
      break;
    case 0x23:
      if (text.charCodeAt(at + 1) !== 0x3e) return lineComment(text, at, tokens);
      break;
    case 0x2f:
      if (text.charCodeAt(at + 1) === 0x2a) return blockComment(text, at, tokens);
      break;
    case 0x2a:
      if ((tokens.hiddenCode || tokens.comments > 0 || tokens.length === 0) && text.charCodeAt(at + 1) === 0x2f)
        return at + 2;
      break;
    case BACKTICK:
      if (!loose) return quotedName(text, at, BACKTICK, tokens);
      break;
    case 0x5d:
      if (tokens.array) {
        tokens.push(TOKEN.close, at, at + 1);
        return at + 1;
      }
      break;
    case 0x5b:
      if (tokens.word(tokens.length - 1) === 'array') {
        tokens.array = true;
        tokens.push(TOKEN.open, at, at + 1);
        return at + 1;
      }
      if (/^\[[\w $]{1,60}\]/.test(text.slice(at, at + 64))) return quotedName(text, at, 0x5d, tokens);
      break;
    case 0x40:
      return variable(text, at, tokens);
    case 0x3f:
      // PostgreSQL asks with it whether a key is there; elsewhere it ends a question.
      if (/^\?[|&]?\s?(?:'|array)/.test(text.slice(at, at + 10))) {
        tokens.push(TOKEN.compare, at, at + 1, '?');
        return at + (text[at + 1] === '|' || text[at + 1] === '&' ? 2 : 1);
      }
      break;
    case 0x5c:
      // MySQL writes NULL so, too.
      if (text[at + 1] === 'n' && !isWordPart(text.charCodeAt(at + 2))) {
        tokens.push(TOKEN.constant, at, at + 2, 'null');
        return at + 2;
      }
      break;
    case 0x24:
      if (text.charCodeAt(at + 1) === 0x24) return dollarString(text, at, tokens);
      break;
    case 0x7b:
      // ODBC's escapes: `{fn …}`, `{d '…'}`; MySQL lets any name stand there.
      return isWordStart(text.charCodeAt(at + 1)) ? odbcEscape(text, at, tokens) : other(at, tokens);
    case 0x7d:
      return at + 1;
  }
  return scanOperator(text, at, tokens);
}

function other(at: number, tokens: Tokens): number {
  tokens.push(TOKEN.other, at, at + 1);
  return at + 1;
}

function odbcEscape(text: string, at: number, tokens: Tokens): number {
  const end = wordEnd(text, at + 1);
  return isSpace(text.charCodeAt(end)) || quoteOf(text.charCodeAt(end)) !== 0 ? end : other(at, tokens);
}

function number(text: string, at: number, tokens: Tokens): number {
  let end = at;
  if (text.charCodeAt(at) === 0x30 && text[at + 1] === 'x') {
    end = at + 2;
    while (isHexDigit(text.charCodeAt(end))) end++;
  } else {
    while (isDigit(text.charCodeAt(end))) end++;
    if (text.charCodeAt(end) === 0x2e && text.charCodeAt(end + 1) !== 0x2e) end++;
    while (isDigit(text.charCodeAt(end))) end++;
    if (text[end] === 'e') {
      const sign = text[end + 1] === '+' || text[end + 1] === '-' ? 1 : 0;
      const behind = text.charCodeAt(end + 1);
      if (
        text.charCodeAt(end - 1) === 0x2e &&
        end - at > 1 &&
        (behind === 0x28 || behind === 0x2e || isSpace(behind))
      ) {
        tokens.emptyNumber = true;
        return end + (behind === 0x2e ? 2 : 1);
      }
      if (isDigit(text.charCodeAt(end + 1 + sign))) {
        end += 1 + sign;
        while (isDigit(text.charCodeAt(end))) end++;
      }
    }
  }
  // Oracle writes 1d and 1f for floating-point numbers, and a keyword may follow at once.
  const suffix = (text[end] === 'd' || text[end] === 'f') && text.startsWith('union', end + 1) ? 1 : 0;
  end += suffix;
  tokens.push(TOKEN.number, at, end);
  return end;
}

function string(text: string, start: number, from: number, quote: number, tokens: Tokens): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (quoteOf(code) === quote) {
      if (quoteOf(text.charCodeAt(at + 1)) === quote) at++;
      else {
        tokens.push(TOKEN.string, start, at + 1);
        return at + 1;
      }
    }
  }
  tokens.push(TOKEN.openString, start, text.length, quote === QUOTE ? "'" : '"');
  return text.length;
}

function dollarString(text: string, at: number, tokens: Tokens): number {
  const close = text.indexOf('$$', at + 2);
  tokens.push(TOKEN.string, at, close === -1 ? text.length : close + 2);
  return close === -1 ? text.length : close + 2;
}

function quotedName(text: string, at: number, close: number, tokens: Tokens): number {
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) !== close) end++;
  if (end >= text.length) {
    tokens.push(TOKEN.openString, at, text.length, '`');
    return text.length;
  }
  tokens.push(TOKEN.quotedName, at, end + 1, text.slice(at + 1, Math.min(end, at + 64)));
  return end + 1;
}

function variable(text: string, at: number, tokens: Tokens): number {
  let end = at;
  while (text.charCodeAt(end) === 0x40) end++;
  const code = text.charCodeAt(end);
  if (end === at + 1 && code === 0x3e) return scanOperator(text, at, tokens);
  if (quoteOf(code) !== 0 || code === BACKTICK) {
    tokens.push(TOKEN.variable, at, end, '@');
    return end + 1 < text.length ? skipQuoted(text, end) : text.length;
  }
  while (isWordPart(text.charCodeAt(end)) || text.charCodeAt(end) === 0x2e) end++;
  tokens.push(TOKEN.variable, at, end, text.slice(at, Math.min(end, at + 40)));
  return end;
}

function skipQuoted(text: string, at: number): number {
  const close = text.indexOf(text[at] ?? '', at + 1);
  return close === -1 ? at + 1 : Math.min(close + 1, at + 64);
}

function word(text: string, at: number, tokens: Tokens, loose: boolean): number {
  let end = wordEnd(text, at);
  let said = text.slice(at, Math.min(end, at + 64));
  // A comment in the middle of a keyword: whoever takes comments out puts the keyword together.
  if (text.startsWith('/**/', end) && !KEYWORDS.has(said) && isWordStart(text.charCodeAt(end + 4))) {
    const rest = wordEnd(text, end + 4);
    const joined = said + text.slice(end + 4, Math.min(rest, end + 28));
    if (KEYWORDS.has(joined)) {
      said = joined;
      end = rest;
      tokens.comments++;
    }
  }
  const quote = quoteOf(text.charCodeAt(end));
  // N'…', x'…', _utf8'…': the letters belong to the string.
  if (quote === QUOTE && !loose && (end - at === 1 ? 'nxbeq'.includes(said) : said.startsWith('_')))
    return string(text, at, end + 1, quote, tokens);
  const keyword = said.length <= LONGEST_KEYWORD ? KEYWORDS.get(said) : undefined;
  if (keyword !== undefined) {
    tokens.push(keyword, at, end, said);
    return end;
  }
  // Qualifiers belong to a name; two dots are SQL Server's way to leave the middle one out.
  while (text.charCodeAt(end) === 0x2e) {
    const dots = text.charCodeAt(end + 1) === 0x2e ? 2 : 1;
    const after = text.charCodeAt(end + dots);
    if (isWordStart(after)) end = wordEnd(text, end + dots);
    else if (dots === 1 && after === 0x2a) end += 2;
    else break;
  }
  tokens.push(TOKEN.name, at, end, text.slice(at, Math.min(end, at + 64)));
  return end;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (isWordPart(text.charCodeAt(end))) end++;
  return end;
}

function lineComment(text: string, at: number, tokens: Tokens): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 0x0a && text.charCodeAt(end) !== 0x0d) end++;
  return comment(text, at, end, tokens);
}

function blockComment(text: string, at: number, tokens: Tokens): number {
  if (text[at + 2] === '!' || (text[at + 2] === 'm' && text[at + 3] === '!')) {
    tokens.hiddenCode = true;
    let end = at + 3;
    if (text[at + 2] === 'm') end++;
    while (isDigit(text.charCodeAt(end)) && end < at + 9) end++;
    return end;
  }
  const close = text.indexOf('*/', at + 2);
  return comment(text, at, close === -1 ? text.length : close + 2, tokens);
}

function comment(text: string, at: number, end: number, tokens: Tokens): number {
  tokens.comments++;
  let rest = end;
  while (rest < text.length && isSpace(text.charCodeAt(rest))) rest++;
  if (rest >= text.length && tokens.lastComment === -1) tokens.lastComment = at;
  return rest;
}
