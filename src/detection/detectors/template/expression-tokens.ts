/** The tokens that template languages' expressions share: names, numbers, strings, and marks. */
export type ExpressionToken = {
  readonly kind: 'name' | 'number' | 'string' | 'mark';
  /** Names in lower case, strings without their quotes, marks as they are: one character, or two of {@link DOUBLE}. */
  readonly text: string;
  /** Of a name: what it opens, `(` or `[` or nothing; saves looking ahead. */
  readonly opens: string;
  readonly isFirstUpper: boolean;
};

const DOUBLE: ReadonlySet<string> = new Set([
  '**',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '::',
  '->',
  '=>',
  '??',
  '?.',
  '..',
]);
const MOST_TOKENS = 400;
const NAME = /[\p{L}_$@]/u;

/** Linear; at most {@link MOST_TOKENS}, as no honest expression is longer and an attack shows its hand before. */
export function readExpression(text: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  let at = 0;
  while (at < text.length && tokens.length < MOST_TOKENS) {
    const character = text[at] as string;
    const start = at;
    if (character <= ' ') {
      at++;
      continue;
    }
    if (isNameStart(character)) {
      at++;
      while (at < text.length && isNamePart(text[at] as string)) at++;
      const name = text.slice(start, at);
      tokens.push({
        kind: 'name',
        text: name.toLowerCase(),
        opens: opening(text, at),
        isFirstUpper: /^[A-Z]/.test(name),
      });
    } else if (character >= '0' && character <= '9') {
      at++;
      while (at < text.length && (/\w/.test(text[at] as string) || (text[at] === '.' && /\d/.test(text[at + 1] ?? ''))))
        at++;
      tokens.push({ kind: 'number', text: text.slice(start, at), opens: '', isFirstUpper: false });
    } else if (character === '"' || character === "'" || character === '`') {
      at = endOfString(text, at + 1, character);
      tokens.push({
        kind: 'string',
        text: text.slice(start + 1, at - 1),
        opens: opening(text, at),
        isFirstUpper: false,
      });
    } else {
      const two = text.slice(at, at + 2);
      const mark = DOUBLE.has(two) ? two : character;
      at += mark.length;
      tokens.push({ kind: 'mark', text: mark, opens: '', isFirstUpper: false });
    }
  }
  return tokens;
}

function isNameStart(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    character === '_' ||
    character === '$' ||
    (character > '\x7f' && NAME.test(character))
  );
}

function isNamePart(character: string): boolean {
  return isNameStart(character) || (character >= '0' && character <= '9');
}

function opening(text: string, from: number): string {
  let at = from;
  while (at < text.length && (text[at] as string) <= ' ') at++;
  return text[at] === '(' || text[at] === '[' ? (text[at] as string) : '';
}

/** The place behind the closing quote, or the end; a doubled or escaped backslash does not matter to what is judged. */
function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}
