/** The tokens of a GraphQL document (GraphQL specification, October 2021, §2.1), as far as executable documents hold them. */
export const TOKEN = { name: 0, mark: 1, spread: 2, text: 3, number: 4, comment: 5 } as const;

export type TokenKind = (typeof TOKEN)[keyof typeof TOKEN];

/**
 * One pass over a document. `kind`, `start` and `end` are those of the token that {@link next} found; what is skipped between tokens is
 * counted in `ignored`.
 */
export class GraphqlTokens {
  readonly text: string;
  kind: TokenKind = TOKEN.mark;
  start = 0;
  end = 0;
  /** Commas, spaces and line breaks so far. */
  ignored = 0;
  /** Whether something stood there that no executable document holds. */
  broken = false;

  constructor(text: string) {
    this.text = text;
  }

  /** The character code of a one-character token. */
  get code(): number {
    return this.text.charCodeAt(this.start);
  }

  get word(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Goes on to the next token; false at the end. */
  next(): boolean {
    let at = this.end;
    while (isIgnored(this.text.charCodeAt(at))) at++;
    this.ignored += at - this.end;
    this.start = at;
    if (at >= this.text.length) return false;
    const code = this.text.charCodeAt(at);
    if (isNameStart(code)) this.#take(TOKEN.name, NAME);
    else if (code === 0x22) this.#text();
    else if (code === 0x23) this.#take(TOKEN.comment, COMMENT);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) this.#take(TOKEN.number, NUMBER);
    else if (this.text.startsWith('...', at)) {
      this.kind = TOKEN.spread;
      this.end = at + 3;
    } else {
      this.kind = TOKEN.mark;
      this.end = at + 1;
      if (!MARKS.includes(code)) this.broken = true;
    }
    return true;
  }

  #take(kind: TokenKind, pattern: RegExp): void {
    this.kind = kind;
    pattern.lastIndex = this.start;
    this.end = pattern.test(this.text) ? pattern.lastIndex : this.start + 1;
  }

  #text(): void {
    this.kind = TOKEN.text;
    if (this.text.startsWith('"""', this.start)) {
      let to = this.text.indexOf('"""', this.start + 3);
      while (to > 0 && this.text.charCodeAt(to - 1) === 0x5c) to = this.text.indexOf('"""', to + 3);
      if (to === -1) this.broken = true;
      this.end = to === -1 ? this.text.length : to + 3;
      return;
    }
    for (let at = this.start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x22) {
        this.end = at + 1;
        return;
      }
      if (code === 0x5c) at++;
      else if (code === 0x0a || code === 0x0d) break;
    }
    this.broken = true;
    this.end = this.text.length;
  }
}

const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const COMMENT = /#[^\n\r]*/y;
const MARKS = [...'!$():=@[]{}'].map((mark) => mark.charCodeAt(0));

function isIgnored(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x2c || code === 0xfeff;
}

function isNameStart(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code === 0x5f;
}
