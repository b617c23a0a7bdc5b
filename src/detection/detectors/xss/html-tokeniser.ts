import { RAW_TEXT } from './html-names.ts';

/** An attribute of a tag; names in lower case, values as they stand. Positions are those in the text. */
export type Attribute = {
  readonly name: string;
  /** Null when the attribute has none. */
  readonly value: string | null;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
};

export type Token = {
  /** `declaration` is `<!…>`, `instruction` is `<?…>`, `raw` is what stands inside of an element that holds no markup. */
  readonly kind: 'text' | 'start' | 'end' | 'comment' | 'cdata' | 'declaration' | 'instruction' | 'raw';
  /** Of a tag, or of the element around raw text; in lower case. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly start: number;
  readonly end: number;
  /** Whether the text holds the token's end. */
  readonly closed: boolean;
};

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const BACKTICK = 0x60;
/** NUL, and as it is often written. */
const UNSEEN = /\0|\\0/g;
const NOTHING: readonly Attribute[] = [];

/**
 * Tokenises markup as browsers do (WHATWG HTML §13.2.5), and a little more leniently where old ones did: control characters separate
 * like spaces, NUL is skipped, backticks may quote, and a quote that nobody closes does not swallow the rest. The tokens cover the
 * text from `from` on without gaps. Linear.
 */
export class HtmlTokeniser {
  readonly #text: string;
  readonly #to: number;
  #at: number;
  #rawName = '';
  readonly #lastDouble: number;
  readonly #lastSingle: number;

  constructor(text: string, from = 0) {
    this.#text = text;
    this.#at = from;
    this.#to = text.length;
    this.#lastDouble = text.lastIndexOf('"');
    this.#lastSingle = text.lastIndexOf("'");
  }

  /** Null at the end. */
  next(): Token | null {
    const start = this.#at;
    if (start >= this.#to) return null;
    if (this.#rawName !== '') return this.#raw(start);
    if (this.#text.charCodeAt(start) === LESS) {
      const token = this.#markup(start);
      if (token !== null) return token;
    }
    let at = this.#text.indexOf('<', start + 1);
    while (at !== -1 && !this.#opens(at)) at = this.#text.indexOf('<', at + 1);
    return this.#token('text', '', NOTHING, start, at === -1 ? this.#to : at, true);
  }

  /**
   * Goes on as if inside a tag, as where a value that was meant for an attribute has just been closed: the token is a start tag
   * without a name.
   */
  insideTag(): Token {
    const start = this.#at;
    return this.#attributes('start', '', start, start);
  }

  #opens(at: number): boolean {
    let next = at + 1;
    while (next < this.#to && this.#text.charCodeAt(next) === 0) next++;
    if (next >= this.#to) return false;
    const code = this.#text.charCodeAt(next);
    if (code === SLASH) return isLetter(this.#text.charCodeAt(next + 1));
    return isLetter(code) || code === 0x21 || code === 0x3f;
  }

  #markup(start: number): Token | null {
    if (!this.#opens(start)) return null;
    const text = this.#text;
    const next = text.charCodeAt(start + 1);
    if (next === 0x21) return this.#declaration(start);
    if (next === 0x3f) return this.#until('instruction', start, start + 2, '>');
    const isEnd = next === SLASH;
    let at = isEnd ? start + 2 : start + 1;
    const from = at;
    while (at < this.#to && !endsName(text.charCodeAt(at))) at++;
    const name = text.slice(from, at).toLowerCase().replaceAll(UNSEEN, '');
    const token = this.#attributes(isEnd ? 'end' : 'start', name, start, at);
    if (!isEnd && token.closed && RAW_TEXT.has(name)) this.#rawName = name;
    return token;
  }

  #declaration(start: number): Token {
    const text = this.#text;
    if (text.startsWith('[CDATA[', start + 2)) return this.#until('cdata', start, start + 9, ']]>');
    if (!text.startsWith('--', start + 2)) return this.#until('declaration', start, start + 2, '>');
    let at = start + 4;
    if (text.charCodeAt(at) === GREATER) return this.#token('comment', '', NOTHING, start, at + 1, true);
    // The two dashes of the opening may be those of the end: `<!--->`.
    at = text.indexOf('--', start + 3);
    while (at !== -1) {
      const after = text.charCodeAt(at + 2) === 0x21 ? at + 3 : at + 2;
      if (text.charCodeAt(after) === GREATER) return this.#token('comment', '', NOTHING, start, after + 1, true);
      at = text.indexOf('--', at + 1);
    }
    return this.#token('comment', '', NOTHING, start, this.#to, false);
  }

  #until(kind: Token['kind'], start: number, from: number, end: string): Token {
    const at = this.#text.indexOf(end, from);
    const closed = at !== -1;
    return this.#token(kind, '', NOTHING, start, closed ? at + end.length : this.#to, closed);
  }

  #raw(start: number): Token {
    const name = this.#rawName;
    this.#rawName = '';
    let at = this.#text.indexOf('</', start);
    while (at !== -1) {
      const end = at + 2 + name.length;
      if (
        this.#text.slice(at + 2, end).toLowerCase() === name &&
        (end >= this.#to || endsName(this.#text.charCodeAt(end)))
      )
        break;
      at = this.#text.indexOf('</', at + 2);
    }
    const end = at === -1 ? this.#to : at;
    if (end === start) return this.next() ?? this.#token('raw', name, NOTHING, start, end, true);
    return this.#token('raw', name, NOTHING, start, end, at !== -1);
  }

  #attributes(kind: 'start' | 'end', name: string, start: number, from: number): Token {
    const text = this.#text;
    let attributes: Attribute[] | null = null;
    let at = from;
    while (at < this.#to) {
      const code = text.charCodeAt(at);
      if (code === GREATER) return this.#token(kind, name, attributes ?? NOTHING, start, at + 1, true);
      // A tag inside of a tag: what strips the inner one, or closes the outer, makes it count.
      if (code === LESS && this.#opens(at)) break;
      if (isSpace(code) || code === SLASH) {
        at++;
        continue;
      }
      const attribute = this.#attribute(at);
      attributes ??= [];
      attributes.push(attribute);
      at = attribute.end;
    }
    return this.#token(kind, name, attributes ?? NOTHING, start, at, false);
  }

  #attribute(start: number): Attribute {
    const text = this.#text;
    let at = start + 1;
    while (at < this.#to && !endsName(text.charCodeAt(at)) && text.charCodeAt(at) !== EQUALS) at++;
    const name = text.slice(start, at).toLowerCase();
    let after = at;
    while (after < this.#to && isSpace(text.charCodeAt(after))) after++;
    if (after >= this.#to || text.charCodeAt(after) !== EQUALS)
      return { name, value: null, start, valueStart: at, end: at };
    after++;
    while (after < this.#to && isSpace(text.charCodeAt(after))) after++;
    const quote = text.charCodeAt(after);
    if ((quote === DOUBLE && this.#lastDouble > after) || (quote === SINGLE && this.#lastSingle > after)) {
      const end = text.indexOf(text[after] as string, after + 1);
      return { name, value: text.slice(after + 1, end), start, valueStart: after + 1, end: end + 1 };
    }
    let end = after;
    while (end < this.#to && !isSpace(text.charCodeAt(end)) && text.charCodeAt(end) !== GREATER) {
      end++;
      if (quote === BACKTICK && end - after > 1 && text.charCodeAt(end - 1) === BACKTICK) break;
    }
    return { name, value: text.slice(after, end), start, valueStart: after, end };
  }

  #token(
    kind: Token['kind'],
    name: string,
    attributes: readonly Attribute[],
    start: number,
    end: number,
    closed: boolean,
  ): Token {
    this.#at = end;
    return { kind, name, attributes, start, end, closed };
  }
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isSpace(code: number): boolean {
  return code <= 0x20 && code !== 0;
}

function endsName(code: number): boolean {
  return isSpace(code) || code === GREATER || code === SLASH || code === LESS;
}
