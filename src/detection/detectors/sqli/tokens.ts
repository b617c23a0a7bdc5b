/** What a piece of SQL is to the grammar. */
export const TOKEN = {
  number: 1,
  string: 2,
  /** A string that the text does not close: the query's own quote would. */
  openString: 3,
  /** A name that is no keyword, with its qualifiers: `users`, `sys.user$`, `master..xp_cmdshell`. */
  name: 4,
  /** A name in backticks or brackets. */
  quotedName: 5,
  /** `@x`, `@@x`. */
  variable: 6,
  /** NULL, TRUE and their like. */
  constant: 7,
  open: 8,
  close: 9,
  comma: 10,
  semicolon: 11,
  /** AND, OR, XOR, `&&`, `||`. */
  logic: 12,
  /** `=`, LIKE, IN and all else that gives a truth value. */
  compare: 13,
  /** Operators that give another value: `+`, `^`, DIV, `::`. */
  arithmetic: 14,
  /** NOT, `!`, BINARY and what else may stand before an operand. */
  prefix: 15,
  select: 16,
  /** UNION, EXCEPT, INTERSECT, MINUS. */
  union: 17,
  /** ALL, DISTINCT and what else may follow SELECT or UNION. */
  quantifier: 18,
  /** FROM, WHERE, HAVING and other words that part one clause from the next. */
  clause: 19,
  /** INSERT, DROP, EXEC and other words that begin a statement. */
  verb: 20,
  /** What no SQL holds here. */
  other: 21,
} as const;

export type TokenKind = (typeof TOKEN)[keyof typeof TOKEN];

/** A text's tokens, as columns. Comments are no tokens. */
export class Tokens {
  readonly kinds: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** In lower case: what a name, keyword or operator says; empty for literals. */
  readonly words: string[] = [];
  /** Comments, whether between the tokens or behind them. */
  comments = 0;
  /** MySQL's `/*!…`: code that looks like a comment. */
  hiddenCode = false;
  /** MySQL's `1.e(`: a number without an exponent, which says nothing and parts words for those who look for them. */
  emptyNumber = false;
  /** PostgreSQL's ARRAY[…] has begun: brackets are parentheses. */
  array = false;
  /** Whether text remains behind the last token, unread. */
  cut = false;
  /** Where the comment begins that ends the text; -1 when none does. */
  lastComment = -1;

  get length(): number {
    return this.kinds.length;
  }

  push(kind: TokenKind, start: number, end: number, word = ''): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
    this.words.push(word);
  }

  kind(at: number): number {
    return this.kinds[at] ?? 0;
  }

  word(at: number): string {
    return this.words[at] ?? '';
  }

  start(at: number): number {
    return this.starts[at] ?? 0;
  }

  end(at: number): number {
    return this.ends[at] ?? 0;
  }
}
