import { TOKEN, type Tokens } from './tokens.ts';
import { countCall, Walk } from './walk-facts.ts';
import { METADATA, PROSE_WORDS } from './words.ts';

export type { Walk } from './walk-facts.ts';

/**
 * Walks through an expression and its clauses from a place on: operands and operators in turn, as SQL has them. Prose fails soon,
 * because two of its words stand in a row.
 *
 * @param afterOperand whether the token before was an operand, or the string that the value broke out of
 * @param most tokens to look at
 */
export function walk(tokens: Tokens, from: number, afterOperand: boolean, most = tokens.length): Walk {
  return new Walker(tokens, from, afterOperand).run(Math.min(tokens.length, from + most));
}

/** What an operand is to a comparison: something written out or asked of the server, a name, or a word that is no name. */
type Operand = 'none' | 'constant' | 'name' | 'prose';

const CLAUSES_WITH_BY = new Set(['order', 'group', 'partition']);
/** What parts the arguments of some functions: SUBSTRING(x FROM 1 FOR 2), GROUP_CONCAT(x SEPARATOR ','). */
const INSIDE_CALLS = new Set(['for', 'separator']);
/** What stands in a clause without an operand behind it. */
const CLOSING = new Set(['asc', 'desc', 'end', 'rollup', 'natural']);
const ORDERS = new Set(['<', '>', '<=', '>=']);
const UNARY = new Set(['-', '+', '~', '*']);
/** Words of two. */
const SECOND: Readonly<Record<string, string>> = { sounds: 'like', similar: 'to' };

class Walker {
  readonly #tokens: Tokens;
  readonly #from: number;
  readonly #afterOperand: boolean;
  readonly #seen = new Walk();
  #at: number;
  #wanted: boolean;
  #depth = 0;
  #left: Operand;
  #leftWord = '';
  #comparing: Operand = 'none';
  #comparedWord = '';
  #ordered = false;
  /** BETWEEN waits for its AND. */
  #between = false;

  constructor(tokens: Tokens, from: number, afterOperand: boolean) {
    this.#tokens = tokens;
    this.#from = from;
    this.#afterOperand = afterOperand;
    this.#at = from;
    this.#wanted = !afterOperand;
    this.#left = afterOperand ? 'constant' : 'none';
  }

  run(to: number): Walk {
    while (this.#at < to && (this.#wanted ? this.#takeOperand() : this.#takeOperator())) this.#at++;
    // The query's own quote follows: `' or 1=` is compared with an empty string.
    const atEnd = this.#at >= this.#tokens.length && this.#wanted && this.#tokens.lastComment < 0;
    if (atEnd && this.#afterOperand && this.#comparing !== 'none' && this.#seen.logic > 0) {
      this.#operand('constant');
      this.#seen.endsOpen = true;
    }
    this.#seen.fault = this.#at;
    return this.#seen;
  }

  #kind(offset = 0): number {
    return this.#tokens.kind(this.#at + offset);
  }

  #word(offset = 0): string {
    return this.#tokens.word(this.#at + offset);
  }

  /** Whether the token may stand where an operand has to. */
  #takeOperand(): boolean {
    const kind = this.#kind();
    switch (kind) {
      case TOKEN.number:
      case TOKEN.string:
      case TOKEN.constant:
        return this.#operand('constant');
      case TOKEN.openString:
        this.#seen.endsOpen = true;
        return this.#operand('constant');
      case TOKEN.variable:
        return this.#variable();
      case TOKEN.quotedName:
        this.#seen.names++;
        return this.#operand('name');
      case TOKEN.name:
        return this.#name();
      case TOKEN.open:
        this.#depth++;
        return true;
      case TOKEN.quantifier:
        return true;
      case TOKEN.prefix:
        return this.#word() === 'binary' || this.#kind(1) !== 0;
      case TOKEN.select:
        this.#seen.subselects++;
        return true;
      case TOKEN.arithmetic:
        // A `*` is an operand where one ends behind it.
        if (this.#word() === '*' && this.#endsOperand(1)) this.#operand('name');
        return UNARY.has(this.#word());
      case TOKEN.clause:
        return this.#clauseAsOperand();
      case TOKEN.compare:
      case TOKEN.verb:
        // LIKE(a, b), IF(a, b, c), REPLACE(…): operators and statements that are functions, too.
        return this.#kind(1) === TOKEN.open && this.#call();
      case TOKEN.close:
        if (this.#kind(-1) !== TOKEN.open) return false;
        this.#depth--;
        return this.#operand('constant');
      case TOKEN.union:
        if (this.#kind(-1) !== TOKEN.open && this.#at !== this.#from) return false;
        this.#seen.union = this.#at;
        return true;
    }
    return false;
  }

  /** Whether the token may stand behind an operand. */
  #takeOperator(): boolean {
    switch (this.#kind()) {
      case TOKEN.close:
        return this.#close();
      case TOKEN.logic:
        if (this.#between && this.#word() === 'and') {
          this.#between = false;
          this.#comparing = 'none';
        } else this.#seen.logic++;
        return this.#want();
      case TOKEN.compare:
        return this.#compare();
      case TOKEN.prefix:
        // a NOT LIKE b.
        return this.#word() === 'not' && this.#kind(1) === TOKEN.compare;
      case TOKEN.arithmetic:
        this.#seen.arithmetic++;
        if (this.#word() !== '::') return this.#want();
        if (this.#kind(1) === TOKEN.name) this.#at++;
        return true;
      case TOKEN.comma:
        this.#seen.commas++;
        this.#comparing = 'none';
        return this.#want();
      case TOKEN.union:
        this.#seen.union = this.#at;
        return this.#want();
      case TOKEN.clause:
        return this.#clause();
      case TOKEN.semicolon:
        this.#seen.statement = this.#at;
        return false;
      case TOKEN.openString:
        this.#seen.endsOpen = true;
        return this.#kind(-1) === TOKEN.string || this.#at === this.#from;
      case TOKEN.string:
        // Strings in a row are one.
        return this.#kind(-1) === TOKEN.string || this.#at === this.#from;
      case TOKEN.name:
      case TOKEN.quotedName:
        return this.#nameBehindOperand();
    }
    return false;
  }

  #want(): true {
    this.#wanted = true;
    return true;
  }

  #operand(kind: Operand): true {
    this.#wanted = false;
    this.#left = kind;
    this.#leftWord = kind === 'name' ? this.#word() : '';
    const comparing = this.#comparing;
    this.#comparing = 'none';
    if (comparing === 'none') return true;
    // A name is equal to itself.
    const isSelf = this.#leftWord !== '' && this.#leftWord === this.#comparedWord;
    if ((comparing !== 'constant' || kind !== 'constant') && !isSelf) this.#seen.comparisons++;
    else if (this.#ordered) this.#seen.orderComparisons++;
    else this.#seen.constantComparisons++;
    return true;
  }

  #variable(): true {
    this.#seen.variables++;
    if (this.#word().startsWith('@@')) this.#seen.metadataCalls++;
    if (this.#kind(1) === TOKEN.open && this.#kind(2) === TOKEN.close) this.#at += 2;
    return this.#operand('constant');
  }

  #name(): true {
    if (this.#kind(1) === TOKEN.open) return this.#call();
    const word = this.#word();
    if (word.includes('_') && METADATA.has(word)) {
      this.#seen.metadataCalls++;
      return this.#operand('constant');
    }
    this.#seen.names++;
    return this.#operand(PROSE_WORDS.has(word) ? 'prose' : 'name');
  }

  #call(): true {
    countCall(this.#seen, this.#word());
    this.#at++;
    if (this.#kind(1) === TOKEN.close) {
      this.#at++;
      return this.#operand('constant');
    }
    this.#depth++;
    this.#left = 'none';
    return true;
  }

  #clauseAsOperand(): boolean {
    const word = this.#word();
    if (word === 'case') {
      this.#seen.cases++;
      return true;
    }
    if (this.#kind(1) === TOKEN.open && !CLAUSES_WITH_BY.has(this.#word(-1))) return this.#call();
    if (word === 'by') return CLAUSES_WITH_BY.has(this.#word(-1));
    return word === 'when' && this.#word(-1) === 'case';
  }

  #close(): true {
    this.#depth--;
    if (this.#depth < 0) {
      this.#seen.closesMore++;
      this.#depth = 0;
    }
    if (this.#left === 'none') this.#left = 'constant';
    return true;
  }

  #compare(): true {
    const word = this.#word();
    if (word === 'isnull' || word === 'notnull') {
      this.#seen.comparisons++;
      return true;
    }
    this.#comparing = this.#left;
    this.#comparedWord = this.#leftWord;
    this.#ordered = ORDERS.has(word);
    this.#between = word === 'between';
    if (SECOND[word] !== undefined && this.#word(1) === SECOND[word]) this.#at++;
    return this.#want();
  }

  #clause(): boolean {
    const word = this.#word();
    const first = this.#at;
    if (word === 'procedure' || (word === 'into' && /^(?:out|dump)file$/.test(this.#word(1)))) this.#at++;
    else if (CLAUSES_WITH_BY.has(word) && this.#word(1) !== 'by') return false;
    if (this.#seen.clause < 0 && (this.#depth === 0 || this.#at > first)) this.#seen.clause = first;
    return CLOSING.has(word) || this.#want();
  }

  /** An alias behind a parenthesis or in a list of what is selected, and the words that some functions have inside. */
  #nameBehindOperand(): boolean {
    if (this.#depth > 0 && INSIDE_CALLS.has(this.#word())) return this.#want();
    if (this.#kind(-1) !== TOKEN.close && this.#seen.subselects === 0) return false;
    const next = this.#kind(1);
    return this.#endsOperand(1) || next === TOKEN.union || next === TOKEN.logic || next === TOKEN.semicolon;
  }

  #endsOperand(offset: number): boolean {
    const kind = this.#kind(offset);
    return kind === 0 || kind === TOKEN.close || kind === TOKEN.comma || kind === TOKEN.clause;
  }
}
