import { TOKEN, type TokenKind, type Tokens } from './tokens.ts';

/** Longest first. */
const OPERATORS: readonly (readonly [string, TokenKind])[] = [
  ['<=>', TOKEN.compare],
  ['->>', TOKEN.arithmetic],
  ['#>>', TOKEN.arithmetic],
  ['!~*', TOKEN.compare],
  ['&&', TOKEN.logic],
  ['||', TOKEN.logic],
  ['<=', TOKEN.compare],
  ['>=', TOKEN.compare],
  ['<>', TOKEN.compare],
  ['!=', TOKEN.compare],
  ['==', TOKEN.compare],
  ['!<', TOKEN.compare],
  ['!>', TOKEN.compare],
  ['^=', TOKEN.compare],
  ['@>', TOKEN.compare],
  ['<@', TOKEN.compare],
  ['!~', TOKEN.compare],
  ['~*', TOKEN.compare],
  ['?|', TOKEN.compare],
  ['?&', TOKEN.compare],
  ['#>', TOKEN.arithmetic],
  ['->', TOKEN.arithmetic],
  ['<<', TOKEN.arithmetic],
  ['>>', TOKEN.arithmetic],
  [':=', TOKEN.compare],
  ['::', TOKEN.arithmetic],
  ['=', TOKEN.compare],
  ['<', TOKEN.compare],
  ['>', TOKEN.compare],
  ['+', TOKEN.arithmetic],
  ['-', TOKEN.arithmetic],
  ['*', TOKEN.arithmetic],
  ['/', TOKEN.arithmetic],
  ['%', TOKEN.arithmetic],
  ['^', TOKEN.arithmetic],
  ['&', TOKEN.arithmetic],
  ['|', TOKEN.arithmetic],
  ['~', TOKEN.arithmetic],
  ['!', TOKEN.prefix],
];

const BY_FIRST: ReadonlyMap<string, readonly (readonly [string, TokenKind])[]> = new Map(
  [...new Set(OPERATORS.map(([text]) => text.charAt(0)))].map((first) => [
    first,
    OPERATORS.filter(([text]) => text.startsWith(first)),
  ]),
);

/** Takes the longest operator, or one character that is none. */
export function scanOperator(text: string, at: number, tokens: Tokens): number {
  for (const [operator, kind] of BY_FIRST.get(text.charAt(at)) ?? []) {
    if (!text.startsWith(operator, at)) continue;
    tokens.push(kind, at, at + operator.length, operator);
    return at + operator.length;
  }
  tokens.push(TOKEN.other, at, at + 1);
  return at + 1;
}
