/**
 * Look-ups as Log4j 2 and Apache Commons Text resolve them (`${prefix:name:-otherwise}`, nested at will), evaluated far enough to see
 * what they come to: letters that are changed in case, names that are not set and so give what stands behind `:-`. Linear: one pass
 * with a stack; what a look-up gives is cut.
 */
export type Lookup = {
  /** In lower case, with everything inside resolved. */
  readonly prefix: string;
  readonly rest: string;
  readonly nested: boolean;
  readonly start: number;
  readonly end: number;
};

const MOST_LOOKUPS = 256;
const MOST_DEPTH = 64;
const MOST_TEXT = 512;

type Frame = { text: string; start: number; nested: boolean };

/** All look-ups in a text, inner ones before those that hold them; what is not closed ends with the text. */
export function lookupsIn(text: string): Lookup[] {
  const found: Lookup[] = [];
  const stack: Frame[] = [];
  let at = 0;
  while (at < text.length && found.length < MOST_LOOKUPS) {
    const top = stack[stack.length - 1];
    const opens = text[at] === '$' ? openingAt(text, at) : 0;
    if (opens > 0 && stack.length < MOST_DEPTH) {
      stack.push({ text: '', start: at, nested: false });
      at += opens;
    } else if (text[at] === '}' && top !== undefined) {
      stack.pop();
      at++;
      close(top, stack[stack.length - 1], at, found);
    } else if (top !== undefined) {
      if (top.text.length < MOST_TEXT) top.text += text[at];
      at++;
    } else {
      const next = text.indexOf('$', at + 1);
      at = next === -1 ? text.length : next;
    }
  }
  while (stack.length > 0) {
    const top = stack.pop() as Frame;
    close(top, stack[stack.length - 1], text.length, found);
  }
  return found;
}

/** How long the opening is: `${`, also with dollars before it; 0 where there is none. */
function openingAt(text: string, at: number): number {
  if (text[at + 1] === '{') return 2;
  return text[at + 1] === '$' && text[at + 2] === '{' ? 3 : 0;
}

function close({ text, start, nested }: Frame, outer: Frame | undefined, end: number, found: Lookup[]): void {
  const colon = text.indexOf(':');
  const prefix = colon === -1 ? '' : text.slice(0, colon).trim().toLowerCase();
  const rest = colon === -1 ? text : text.slice(colon + 1);
  if (found.length < MOST_LOOKUPS) found.push({ prefix, rest, nested, start, end });
  if (outer === undefined) return;
  outer.nested = true;
  if (outer.text.length < MOST_TEXT) outer.text += valueOfLookup(prefix, rest, text);
}

function valueOfLookup(prefix: string, rest: string, text: string): string {
  const otherwise = text.indexOf(':-');
  if (prefix === 'lower' || prefix === 'upper') return rest.toLowerCase();
  if (prefix === 'date') return rest.replace(/'/g, '');
  if (prefix === 'base64decoder') return rest.length > 200 ? '' : Buffer.from(rest, 'base64').toString('latin1');
  return otherwise === -1 ? '' : text.slice(otherwise + 2);
}
