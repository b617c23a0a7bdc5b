/**
 * Whether a text is an object or a list of JSON to the letter (RFC 8259). One pass, nothing is built, nothing is thrown: a refusal by
 * `JSON.parse` costs as much as reading a hundred texts.
 */
export function isJsonText(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return false;
  const length = endWithoutSpace(text);
  const last = text.charCodeAt(length - 1);
  if (last !== (first === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET)) return false;
  const open: number[] = [];
  let at = 0;
  for (;;) {
    at = afterSpace(text, at);
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      at = afterSpace(text, at + 1);
      if (text.charCodeAt(at) !== code + 2) {
        open.push(code);
        if (code === OPEN_BRACE) at = afterName(text, at);
        if (at < 0) return false;
        continue;
      }
      at++;
    } else {
      at = code === QUOTE ? afterString(text, at) : afterScalar(text, at, code);
      if (at < 0) return false;
    }
    // A value has ended: so may what holds it.
    for (;;) {
      at = afterSpace(text, at);
      const holder = open.at(-1);
      if (holder === undefined) return at === text.length;
      const next = text.charCodeAt(at);
      if (next === COMMA) {
        at = holder === OPEN_BRACE ? afterName(text, afterSpace(text, at + 1)) : at + 1;
        if (at < 0) return false;
        break;
      }
      if (next !== holder + 2) return false;
      open.pop();
      at++;
    }
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function endWithoutSpace(text: string): number {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** All of these return -1 where there is no such thing. */
function afterName(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return -1;
  const end = afterString(text, from);
  if (end < 0) return -1;
  const colon = afterSpace(text, end);
  return text.charCodeAt(colon) === COLON ? colon + 1 : -1;
}

function afterString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return -1;
    if (code !== BACKSLASH) continue;
    at++;
    const escaped = text.charCodeAt(at);
    if (escaped === 0x75) {
      if (!FOUR_DIGITS.test(text.slice(at + 1, at + 5))) return -1;
      at += 4;
    } else if (!ESCAPED.includes(escaped)) return -1;
  }
  return -1;
}

const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/;
const ESCAPED = [...'"\\/bfnrt'].map((character) => character.charCodeAt(0));
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function afterScalar(text: string, from: number, first: number): number {
  if (first === 0x74) return text.startsWith('true', from) ? from + 4 : -1;
  if (first === 0x66) return text.startsWith('false', from) ? from + 5 : -1;
  if (first === 0x6e) return text.startsWith('null', from) ? from + 4 : -1;
  NUMBER.lastIndex = from;
  return NUMBER.test(text) ? NUMBER.lastIndex : -1;
}
