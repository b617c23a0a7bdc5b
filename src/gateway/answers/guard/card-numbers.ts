import type { Span } from './span.ts';

/** 13 to 19 digits, in groups or not, that are not part of a longer word or number. */
const CANDIDATE = /(?<![\w.%+/=-])[2-6]\d(?:[ -]?\d){10,16}\d(?![\w%+=]|[.-]\d)/g;

/** First digits and lengths of the card networks (ISO/IEC 7812). */
const NETWORKS = [
  { kind: 'Visa', start: /^4/, lengths: [13, 16, 19] },
  { kind: 'Mastercard', start: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { kind: 'American Express', start: /^3[47]/, lengths: [15] },
  { kind: 'Discover', start: /^(?:6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  { kind: 'Diners Club', start: /^(?:30[0-5]|36|38|39)/, lengths: [14] },
  { kind: 'JCB', start: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { kind: 'UnionPay', start: /^62/, lengths: [16, 17, 18, 19] },
];

/** A bare number in JSON is more often an id than a card; then the name before it has to say that it is one. */
const NAMED_AS_CARD = /"[^"]{0,32}(?:card|pan|cc|credit)[^"]{0,32}"\s*:\s*\[?\s*$/i;

/**
 * The payment card numbers in a text: known networks, right lengths, right check digit (Luhn). Places stand in characters.
 */
export function findCardNumbers(text: string, isJson: boolean): Span[] {
  const found: Span[] = [];
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const kind = networkOf(match[0]);
    if (kind === null) continue;
    if (isJson && isBareNumber(text, match.index, match[0]) && !NAMED_AS_CARD.test(before(text, match.index))) continue;
    found.push({ start: match.index, end: match.index + match[0].length, kind });
  }
  return found;
}

function networkOf(candidate: string): string | null {
  const digits = candidate.replace(/[ -]/g, '');
  // Groups are four or more digits; a row of short numbers is a table, not a card.
  if (digits.length !== candidate.length && !/^\d{4}([ -])(?:\d{4,6}\1)+\d{1,7}$/.test(candidate)) return null;
  for (const { kind, start, lengths } of NETWORKS) {
    if (start.test(digits) && lengths.includes(digits.length)) return luhn(digits) ? kind : null;
  }
  return null;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = digits.charCodeAt(i) - 48;
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits);
}

function isBareNumber(text: string, start: number, digits: string): boolean {
  if (/[ -]/.test(digits)) return false;
  const left = before(text, start).trimEnd().at(-1);
  return left === ':' || left === '[' || left === ',';
}

function before(text: string, at: number): string {
  return text.slice(Math.max(0, at - 80), at);
}
