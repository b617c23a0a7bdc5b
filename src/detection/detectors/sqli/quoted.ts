import { clauseOf } from './clauses.ts';
import { certain, type Finding, likely, possible, stronger } from './finding.ts';
import { findSelects } from './selects.ts';
import { findStatements, statementAt } from './statements.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import { type Walk, walk } from './walk.ts';
import { DANGEROUS } from './words.ts';

/** What stands before the quote that a text breaks out with. */
export type Before = {
  /** Words parted by spaces. */
  readonly words: number;
  readonly endsInSpace: boolean;
  readonly endsInDigit: boolean;
  readonly doubleQuote: boolean;
};

/**
 * Judges what follows a quote, as the query would read it: behind the string that the quote ends. What is no operator, clause, end
 * of statement or comment there is an apostrophe.
 */
export function judgeQuoted(text: string, tokens: Tokens, before: Before): Finding | null {
  const seen = walk(tokens, startOf(tokens), true);
  // A semicolon may end what the query goes on with.
  const whole = seen.fault >= tokens.length || seen.statement === tokens.length - 1;
  const ended = whole && tokens.lastComment >= 0;
  const first = firstBehindParentheses(tokens);
  const kind = tokens.kind(first);
  let found = isWriting(tokens, first) ? null : findSelects(tokens, true);
  if (seen.fault <= first && kind !== 0 && kind !== TOKEN.semicolon && kind !== TOKEN.verb) {
    if (kind !== TOKEN.select) return stronger(found, unread(tokens, first));
    return stronger(found, behindWord(statementAt(tokens, first, true), before));
  }
  if (kind === 0) return stronger(found, endedBy(text, tokens, before, first));
  if (seen.dangerousCalls > 0)
    found = stronger(found, whole ? certain('dangerous-function') : likely('dangerous-function'));
  if (seen.statement >= 0) found = stronger(found, statementBehind(tokens, seen, before));
  if (kind === TOKEN.verb) found = stronger(found, behindWord(statementAt(tokens, first, true), before));
  if (seen.clause >= 0) found = stronger(found, clauseOf(tokens, seen, true));
  found = stronger(found, findStatements(tokens, 1));
  if (found !== null) return found;
  if (seen.union >= 0 && isUnion(tokens, seen.union + 1)) found = likely('union');
  return stronger(found, condition(tokens, seen, before, first, whole, ended));
}

/** SQL Server lets a statement follow a string; in writing, a quote before a statement begins the statement. */
function behindWord(found: Finding | null, before: Before): Finding | null {
  return found !== null && (before.words > 1 || before.endsInSpace) ? possible(found.technique) : found;
}

/** Two names in a row behind the quote: an apostrophe, whatever comes later. */
function isWriting(tokens: Tokens, first: number): boolean {
  return tokens.kind(first) === TOKEN.name && tokens.kind(first + 1) === TOKEN.name;
}

/** Behind UNION, where no SELECT could be made out: what may stand before one. */
function isUnion(tokens: Tokens, at: number): boolean {
  // In a path a plus stands for a space.
  const kind = tokens.kind(tokens.word(at) === '+' ? at + 1 : at);
  return (kind === 0 && tokens.lastComment >= 0) || kind === TOKEN.quantifier || kind === TOKEN.select;
}

/** MySQL's full-text search has words of its own behind the string. */
function startOf(tokens: Tokens): number {
  return tokens.word(0) === 'in' && tokens.word(2) === 'mode' ? 3 : 0;
}

function firstBehindParentheses(tokens: Tokens): number {
  let at = startOf(tokens);
  while (tokens.kind(at) === TOKEN.close) at++;
  return at;
}

/** What remains where the walk could not begin: a quote in a word, mostly. */
function unread(tokens: Tokens, first: number): Finding | null {
  if (tokens.kind(first) !== TOKEN.name) return findStatements(tokens, 1);
  // A plus before the call, which a form turned into a space.
  const isCall = tokens.kind(first + 1) === TOKEN.open && DANGEROUS.has(tokens.word(first));
  return isCall ? likely('dangerous-function') : null;
}

/** Of what stands behind `admin'--`: more is writing. */
const LONGEST_COMMENT = 24;

/** `admin'--`: nothing but a comment behind the quote. */
function endedBy(text: string, tokens: Tokens, before: Before, first: number): Finding | null {
  if (tokens.lastComment < 0) return null;
  const comment = text.slice(tokens.lastComment, tokens.lastComment + LONGEST_COMMENT + 1);
  if (comment.length > LONGEST_COMMENT) return null;
  // A colour, a heading, a number: what stands behind the mark belongs to it.
  if (comment[0] === '#' && /^#+[^#\s]/.test(comment)) return possible('comment-end');
  // The marks of a comment in quotes, as somebody writes about them.
  if (before.words === 0 && /['"]/.test(comment)) return possible('comment-end');
  if (first > 0) return likely('comment-end');
  if (before.words > 1 || before.endsInSpace) return null;
  return before.endsInDigit && before.doubleQuote ? possible('comment-end') : likely('comment-end');
}

function statementBehind(tokens: Tokens, seen: Walk, before: Before): Finding | null {
  const at = seen.statement;
  const found = statementAt(tokens, at + 1, true);
  if (found !== null) return found;
  // '; -- and nothing else.
  if (at + 1 >= tokens.length && tokens.lastComment >= 0 && before.words <= 1) return likely('comment-end');
  if (seen.constantComparisons > 0 && seen.logic > 0) return certain('tautology');
  // anna'; and nothing else.
  return tokens.length === 1 && before.words === 1 && !before.endsInSpace && !before.endsInDigit
    ? likely('statement-end')
    : null;
}

function condition(
  tokens: Tokens,
  seen: Walk,
  before: Before,
  first: number,
  whole: boolean,
  ended: boolean,
): Finding | null {
  const kind = tokens.kind(first);
  const closed = ended || (whole && seen.endsOpen) || seen.statement === tokens.length - 1;
  const constants = seen.constantComparisons + seen.orderComparisons;
  if (kind === TOKEN.logic) {
    if (seen.constantComparisons > 0) return whole ? certain('tautology') : likely('tautology');
    if (seen.orderComparisons > 0)
      return closed ? certain('tautology') : whole ? likely('tautology') : possible('tautology');
    if (seen.metadataCalls + seen.calls > 0 && whole) return likely('function');
    if (seen.otherCalls > 0 && ended) return likely('function');
    if (seen.comparisons > 0) {
      if (closed) return certain('condition');
      return whole && !before.endsInSpace ? likely('condition') : possible('condition');
    }
    return bareOperand(tokens, seen, before, first, whole, closed, ended);
  }
  if (kind === TOKEN.compare || kind === TOKEN.arithmetic || tokens.word(first) === 'not') {
    if (seen.metadataCalls > 0 || (seen.calls > 0 && closed)) return likely('function');
    if (seen.logic > 0 && (closed || constants > 0))
      return closed || whole ? likely('tautology') : possible('tautology');
    if (kind === TOKEN.arithmetic) return arithmetic(tokens, seen, before, first, closed, ended);
    if (ended) return likely('comparison');
    return whole && seen.endsOpen ? compared(tokens, before, first) : null;
  }
  if (kind === TOKEN.comma && seen.cases > 0 && constants > 0) return likely('case');
  if (kind === TOKEN.comma && ended && (seen.closesMore > 0 || tokens.kind(first + 1) === TOKEN.string))
    return likely('value-list');
  return null;
}

/** `' or 1`, `' or true--`, `' or '1`: an operand alone behind OR. */
function bareOperand(
  tokens: Tokens,
  seen: Walk,
  before: Before,
  first: number,
  whole: boolean,
  closed: boolean,
  ended: boolean,
): Finding | null {
  const behind = firstOperand(tokens, first + 1);
  const kind = tokens.kind(behind);
  if (ended) return certain('condition');
  if (!whole) {
    return kind === TOKEN.constant && tokens.kind(behind + 1) === TOKEN.semicolon ? likely('condition') : null;
  }
  if (kind === TOKEN.name) return closed && seen.arithmetic + seen.logic > 1 ? likely('condition') : null;
  if (kind === TOKEN.variable || kind === TOKEN.constant) return likely('condition');
  if (kind === TOKEN.number) return before.words === 0 || closed ? likely('condition') : possible('condition');
  if (kind !== TOKEN.openString && kind !== TOKEN.string) return null;
  if (!closed) return null;
  if (isQuotedWord(tokens, first, behind)) return possible('condition');
  const symbol = tokens.word(first) === '||' || tokens.word(first) === '&&';
  if (before.words > 1 || before.endsInSpace) return symbol ? likely('condition') : possible('condition');
  return likely('condition');
}

/** `'or' is a word`: the quotes belong to the word between them. */
function isQuotedWord(tokens: Tokens, word: number, string: number): boolean {
  const start = tokens.start(string);
  return word === 0 && string === 1 && tokens.end(word) === start && tokens.end(string) - start > 2;
}

function firstOperand(tokens: Tokens, from: number): number {
  let at = from;
  while (tokens.kind(at) === TOKEN.open || tokens.kind(at) === TOKEN.prefix || isSign(tokens, at)) at++;
  return at;
}

function isSign(tokens: Tokens, at: number): boolean {
  return tokens.kind(at) === TOKEN.arithmetic;
}

/** `'^'`, `' div '`, `'+1--`: an operator between two strings, or before a comment. */
function arithmetic(
  tokens: Tokens,
  seen: Walk,
  before: Before,
  first: number,
  closed: boolean,
  ended: boolean,
): Finding | null {
  if (!closed) return null;
  const operator = tokens.word(first);
  const plain = operator === '-' || operator === '/' || operator === '+' || operator === '&' || operator === '*';
  if (ended)
    return before.words > 1 || before.endsInSpace || before.doubleQuote ? possible('arithmetic') : likely('arithmetic');
  if (tokens.kind(firstOperand(tokens, first + 1)) !== TOKEN.openString) {
    const compared = seen.constantComparisons + seen.orderComparisons + seen.comparisons > 0;
    if (compared && !before.endsInSpace) return likely('arithmetic');
    if (seen.arithmetic > 1 && !before.endsInSpace && !before.doubleQuote) return likely('arithmetic');
    return seen.constantComparisons + seen.variables > 0 && !before.endsInSpace
      ? likely('arithmetic')
      : possible('arithmetic');
  }
  if (before.words > 1) return null;
  if (before.doubleQuote) return operator === '^' || operator === '|' ? likely('arithmetic') : possible('arithmetic');
  if (plain && before.endsInSpace) return null;
  return before.endsInDigit && plain ? possible('arithmetic') : likely('arithmetic');
}

/** `'='`, `x' like 'y`. */
function compared(tokens: Tokens, before: Before, first: number): Finding | null {
  const word = /^(?:like|in|is|between|match|not|similar)$/.test(tokens.word(first));
  if (before.words > 1) return null;
  if (before.doubleQuote && word) return before.words === 1 && !before.endsInSpace ? likely('comparison') : null;
  if (before.endsInSpace) return word ? null : likely('comparison');
  return likely('comparison');
}
