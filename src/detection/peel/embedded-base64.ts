import { decodeBase64 } from './base64.ts';

const DATA_URL = ';base64,';
const NO_DIGIT = /[^A-Za-z0-9+/_=-]/g;
const MOST_PARTS = 50;

/** What `data:…;base64,…` addresses hold, where that is text: markup in them runs like any other. Pictures are no text. */
export function decodeDataUrls(text: string): string | null {
  let at = text.indexOf(DATA_URL);
  const found: string[] = [];
  for (let count = 0; at !== -1 && count < MOST_PARTS; count++) {
    const from = at + DATA_URL.length;
    NO_DIGIT.lastIndex = from;
    const to = NO_DIGIT.exec(text)?.index ?? text.length;
    const part = decodeBase64(text.slice(from, to));
    if (part !== null) found.push(part);
    at = text.indexOf(DATA_URL, to);
  }
  return found.length === 0 ? null : found.join('\n');
}

/** The JSON parts of a JSON Web Token (RFC 7519), which hold what its bearer likes as long as nobody has verified it. */
export function decodeTokenParts(text: string): readonly string[] {
  if (!mayBeToken(text)) return NONE;
  const at = text.indexOf('eyJ');
  const parts: string[] = [];
  for (const part of text.slice(at, at + LONGEST_TOKEN).split('.', 2)) {
    const decoded = part.startsWith('eyJ') ? decodeBase64(part) : null;
    if (decoded !== null) parts.push(decoded);
  }
  return parts;
}

/** Cheap: whether a token stands at the beginning, or behind a scheme such as `Bearer`. */
export function mayBeToken(text: string): boolean {
  return text.length >= SHORTEST_TOKEN && (text.startsWith('eyJ') || text.startsWith('eyJ', 'Bearer '.length));
}

const SHORTEST_TOKEN = 24;
const LONGEST_TOKEN = 8_192;
const NONE: readonly string[] = [];
