import { TOKEN, type Tokens } from './tokens.ts';
import { COMMON, DANGEROUS, METADATA, PROSE_WORDS } from './words.ts';

/** What a walk through an expression has seen. */
export type Walk = {
  /** The first token that SQL could not hold there; the number of tokens when there is none. */
  fault: number;
  /** AND, OR, XOR and their signs between operands. */
  logic: number;
  /** Comparisons of two things that the query does not know: `1=1`, `'a'='b'`, `version()>5`. */
  constantComparisons: number;
  /** Of these, those with an order: `3<4`, which prose has, too. */
  orderComparisons: number;
  /** Comparisons with a name on either side. */
  comparisons: number;
  arithmetic: number;
  /** Calls of functions that databases have. */
  calls: number;
  dangerousCalls: number;
  metadataCalls: number;
  otherCalls: number;
  subselects: number;
  /** CASE WHEN, IF(…) and IIF(…). */
  cases: number;
  variables: number;
  names: number;
  commas: number;
  /** The place of `;`; -1 when there is none. The walk ends there. */
  statement: number;
  /** The place of UNION; -1. */
  union: number;
  /** The place of the clause that comes first at the outermost level: ORDER, HAVING, WHERE … -1. */
  clause: number;
  /** Whether the last token is a string that the query closes. */
  endsOpen: boolean;
  /** Parentheses closed that the text did not open. */
  closesMore: number;
};

const CLAUSES_WITH_BY = new Set(['order', 'group', 'partition']);
/** What parts the arguments of some functions: SUBSTRING(x FROM 1 FOR 2), GROUP_CONCAT(x SEPARATOR ','). */
const INSIDE_CALLS = new Set(['for', 'separator', 'similar']);
/** What stands between operands of a clause without an operand of its own behind it. */
const CLOSING = new Set(['asc', 'desc', 'end', 'rollup', 'natural']);

/**
 * Walks through an expression and its clauses from a place on: operands and operators in turn, as SQL has them. Prose fails soon,
 * because two of its words stand in a row.
 *
 * @param most tokens to look at
 * @param afterOperand whether the token before was an operand, or the string that the value broke out of
 */
export function walk(tokens: Tokens, from: number, afterOperand: boolean, most = tokens.length): Walk {
  const seen = nothing();
  let wanted = !afterOperand;
  let depth = 0;
  let left: Operand = afterOperand ? 'constant' : 'none';
  let comparing: Operand = 'none';
  let ordered = false;
  let leftWord = '';
  let comparedWord = '';
  let at = from;
  const to = Math.min(tokens.length, from + most);
  const operand = (kind: Operand): void => {
    wanted = false;
    left = kind;
    leftWord = kind === 'name' ? tokens.word(at) : '';
    if (comparing === 'none') return;
    // A name is equal to itself.
    if ((comparing === 'constant' && kind === 'constant') || (leftWord !== '' && leftWord === comparedWord)) {
      if (ordered) seen.orderComparisons++;
      else seen.constantComparisons++;
    } else seen.comparisons++;
    comparing = 'none';
  };
  for (; at < to; at++) {
    const kind = tokens.kind(at);
    if (wanted) {
      switch (kind) {
        case TOKEN.number:
        case TOKEN.string:
        case TOKEN.constant:
          operand('constant');
          continue;
        case TOKEN.variable:
          seen.variables++;
          if (tokens.word(at).startsWith('@@')) seen.metadataCalls++;
          if (tokens.kind(at + 1) === TOKEN.open && tokens.kind(at + 2) === TOKEN.close) at += 2;
          operand('constant');
          continue;
        case TOKEN.openString:
          seen.endsOpen = true;
          operand('constant');
          continue;
        case TOKEN.quotedName:
          seen.names++;
          operand('name');
          continue;
        case TOKEN.name:
          if (tokens.kind(at + 1) === TOKEN.open) {
            countCall(seen, tokens.word(at));
            depth++;
            at++;
            if (tokens.kind(at + 1) === TOKEN.close) {
              depth--;
              at++;
              operand('constant');
            } else left = 'none';
            continue;
          }
          if (METADATA.has(tokens.word(at)) && tokens.word(at).includes('_')) {
            seen.metadataCalls++;
            operand('constant');
            continue;
          }
          seen.names++;
          operand(PROSE_WORDS.has(tokens.word(at)) ? 'prose' : 'name');
          continue;
        case TOKEN.open:
          depth++;
          continue;
        case TOKEN.prefix:
        case TOKEN.quantifier:
          if (tokens.word(at) === 'binary' || kind === TOKEN.quantifier || tokens.kind(at + 1) !== 0) continue;
          break;
        case TOKEN.select:
          seen.subselects++;
          continue;
        case TOKEN.arithmetic:
          if (isUnary(tokens.word(at))) {
            if (tokens.word(at) === '*' && endsOperand(tokens, at + 1)) operand('name');
            continue;
          }
          break;
        case TOKEN.clause:
          if (tokens.word(at) === 'case') {
            seen.cases++;
            continue;
          }
          if (isCallOfKeyword(tokens, at)) {
            seen.calls++;
            depth++;
            at++;
            continue;
          }
          if (tokens.word(at) === 'when' && tokens.word(at - 1) === 'case') continue;
          if (tokens.word(at) === 'by' && CLAUSES_WITH_BY.has(tokens.word(at - 1))) continue;
          break;
        case TOKEN.compare:
        case TOKEN.verb:
          // LIKE(a, b), IF(a, b, c), REPLACE(…): operators and statements that are functions, too.
          if (isCallOfKeyword(tokens, at)) {
            seen.calls++;
            if (tokens.word(at) === 'if') seen.cases++;
            depth++;
            at++;
            continue;
          }
          break;
        case TOKEN.close:
          if (tokens.kind(at - 1) === TOKEN.open) {
            depth--;
            operand('constant');
            continue;
          }
          break;
        case TOKEN.union:
          if (tokens.kind(at - 1) === TOKEN.open || at === from) {
            seen.union = at;
            continue;
          }
          break;
      }
      break;
    }
    switch (kind) {
      case TOKEN.close:
        depth--;
        if (depth < 0) {
          seen.closesMore++;
          depth = 0;
        }
        if (left === 'none') left = 'constant';
        continue;
      case TOKEN.logic:
        seen.logic++;
        wanted = true;
        continue;
      case TOKEN.compare: {
        const word = tokens.word(at);
        comparing = left;
        comparedWord = leftWord;
        ordered = word === '<' || word === '>' || word === '<=' || word === '>=';
        if (word === 'isnull' || word === 'notnull') {
          seen.comparisons++;
          comparing = 'none';
          continue;
        }
        if (word === 'sounds' && tokens.word(at + 1) === 'like') at++;
        if (word === 'similar' && tokens.word(at + 1) === 'to') at++;
        wanted = true;
        continue;
      }
      case TOKEN.prefix:
        // a NOT LIKE b; and `!` before an operand that an operator should part from the last.
        if (tokens.word(at) === 'not' && tokens.kind(at + 1) === TOKEN.compare) continue;
        break;
      case TOKEN.arithmetic:
        if (tokens.word(at) === '::') {
          if (tokens.kind(at + 1) === TOKEN.name) at++;
          seen.arithmetic++;
          continue;
        }
        seen.arithmetic++;
        wanted = true;
        continue;
      case TOKEN.comma:
        seen.commas++;
        comparing = 'none';
        wanted = true;
        continue;
      case TOKEN.union:
        seen.union = at;
        wanted = true;
        continue;
      case TOKEN.clause: {
        const word = tokens.word(at);
        if (word === 'procedure' || (word === 'into' && /^(?:out|dump)file$/.test(tokens.word(at + 1)))) {
          if (seen.clause < 0) seen.clause = at;
          at++;
          wanted = true;
          continue;
        }
        if (CLAUSES_WITH_BY.has(word) && tokens.word(at + 1) !== 'by') break;
        if (depth === 0 && seen.clause < 0) seen.clause = at;
        if (CLOSING.has(word)) continue;
        wanted = true;
        continue;
      }
      case TOKEN.semicolon:
        seen.statement = at;
        break;
      case TOKEN.string:
        // Strings in a row are one; a name behind a call or a parenthesis is its alias.
        if (tokens.kind(at - 1) === TOKEN.string) continue;
        if (at === from) continue;
        break;
      case TOKEN.openString:
        seen.endsOpen = true;
        if (tokens.kind(at - 1) === TOKEN.string || at === from) continue;
        break;
      case TOKEN.name:
      case TOKEN.quotedName: {
        const before = tokens.kind(at - 1);
        if (depth > 0 && INSIDE_CALLS.has(tokens.word(at))) {
          wanted = true;
          continue;
        }
        if (tokens.kind(at + 1) === TOKEN.open && before === TOKEN.name) break;
        if (depth >= 0 && (before === TOKEN.close || seen.subselects > 0) && isAlias(tokens, at)) continue;
        break;
      }
    }
    break;
  }
  // The query's own quote follows: `' or 1=` is compared with an empty string.
  if (
    at >= tokens.length &&
    wanted &&
    afterOperand &&
    comparing !== 'none' &&
    seen.logic > 0 &&
    tokens.lastComment < 0
  ) {
    operand('constant');
    seen.endsOpen = true;
  }
  seen.fault = at;
  return seen;
}

type Operand = 'none' | 'constant' | 'name' | 'prose';

function nothing(): Walk {
  return {
    fault: 0,
    logic: 0,
    constantComparisons: 0,
    orderComparisons: 0,
    comparisons: 0,
    arithmetic: 0,
    calls: 0,
    dangerousCalls: 0,
    metadataCalls: 0,
    otherCalls: 0,
    subselects: 0,
    cases: 0,
    variables: 0,
    names: 0,
    commas: 0,
    statement: -1,
    union: -1,
    clause: -1,
    endsOpen: false,
    closesMore: 0,
  };
}

function countCall(seen: Walk, name: string): void {
  if (name === 'iif') seen.cases++;
  if (DANGEROUS.has(name)) seen.dangerousCalls++;
  else if (METADATA.has(name)) seen.metadataCalls++;
  else if (COMMON.has(name)) seen.calls++;
  else seen.otherCalls++;
}

function isUnary(word: string): boolean {
  return word === '-' || word === '+' || word === '~' || word === '*';
}

/** Whether the operand before ends here, so that a `*` before was one. */
function endsOperand(tokens: Tokens, at: number): boolean {
  const kind = tokens.kind(at);
  return kind === 0 || kind === TOKEN.close || kind === TOKEN.comma || kind === TOKEN.clause;
}

function isCallOfKeyword(tokens: Tokens, at: number): boolean {
  return tokens.kind(at + 1) === TOKEN.open;
}

/** A single name between an operand and the next clause, comma, parenthesis or end. */
function isAlias(tokens: Tokens, at: number): boolean {
  const kind = tokens.kind(at + 1);
  return (
    kind === 0 ||
    kind === TOKEN.close ||
    kind === TOKEN.comma ||
    kind === TOKEN.clause ||
    kind === TOKEN.union ||
    kind === TOKEN.logic ||
    kind === TOKEN.semicolon
  );
}
