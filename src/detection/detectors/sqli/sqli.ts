import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { judgeBare } from './bare.ts';
import { type Finding, possible, stronger } from './finding.ts';
import { LITERALS } from './literals.ts';
import { judgeName } from './names.ts';
import { type Before, judgeQuoted } from './quoted.ts';
import { findSelects } from './selects.ts';
import { findStatements } from './statements.ts';
import { isSpace, quoteOf, tokenize } from './tokenizer.ts';

const ANY_QUOTE = SIGN.quote | SIGN.doubleQuote | SIGN.backtick | SIGN.nonAscii;
/** Signs that stand in an expression or end a statement. */
const EXPRESSION =
  SIGN.equals |
  SIGN.hash |
  SIGN.dashes |
  SIGN.pipe |
  SIGN.ampersand |
  SIGN.less |
  SIGN.greater |
  SIGN.caret |
  SIGN.star |
  SIGN.semicolon |
  SIGN.percent |
  SIGN.parenthesis |
  SIGN.tilde |
  SIGN.bang |
  SIGN.at;
const COMPARISON = SIGN.equals | SIGN.less | SIGN.greater;
/** What can part a value without quotes from an operator. */
const PARTS = SIGN.space | SIGN.parenthesis | SIGN.pipe | SIGN.ampersand | SIGN.newline | SIGN.control;
/** What a comment of two dashes ends. */
const ENDED = SIGN.digit | SIGN.parenthesis | SIGN.at;
const QUOTES = [0x27, 0x22, 0x60];
const STRONG = /union|select|waitfor|exec|declare/;

/**
 * SQL injection: the text is read as SQL in each of the places where a query may hold it (between quotes of either kind, or without
 * any), and what follows the break-out must make sense as SQL. After "Tokenizing the attack" by the idea of libinjection
 * (Galbreath, Black Hat USA 2012), with a grammar instead of fingerprints.
 */
export const sqli: TextDetector = {
  id: 'sqli',
  literals: LITERALS,
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral ||
    ((signs & ANY_QUOTE) !== 0 && (signs & EXPRESSION) !== 0) ||
    ((signs & COMPARISON) !== 0 && (signs & PARTS) !== 0) ||
    ((signs & SIGN.dashes) !== 0 && (signs & ENDED) !== 0),
  look,
};

function look(subject: Subject): Evidence | null {
  const { lower, leaf } = subject;
  let found = judge(lower, subject.prose);
  if (isStatement(found) && takesQueries(subject)) found = found && possible(found.technique);
  if (leaf.role === 'name' && (found === null || found.confidence < CONFIDENCE.certain)) {
    found = stronger(found, judgeName(tokenize(lower, 0)));
    // A separator that was encoded twice: the value is in the name.
    const equals = lower.indexOf('=');
    if (equals > 0) found = stronger(found, judge(lower.slice(equals + 1), 0));
  }
  return found === null ? null : { ...found, start: 0, end: lower.length };
}

function judge(lower: string, prose: number): Finding | null {
  let found: Finding | null = judgeBare(lower, tokenize(lower, 0), prose);
  for (const quote of QUOTES) {
    if (found !== null && found.confidence >= CONFIDENCE.certain) return found;
    const at = breakOut(lower, quote);
    if (at >= 0) found = stronger(found, judgeQuoted(lower, tokenize(lower, at + 1), before(lower, at, quote)));
  }
  if ((found === null || found.confidence < CONFIDENCE.likely) && STRONG.test(lower)) {
    const loose = tokenize(lower, 0, true);
    const anywhere = stronger(findSelects(loose), findStatements(loose));
    if (anywhere !== null) found = stronger(found, prose > 0.5 ? possible(anywhere.technique) : anywhere);
  }
  return found;
}

function isStatement(found: Finding | null): boolean {
  return found?.technique === 'select' || found?.technique === 'statement';
}

/** Fields of JSON in which reporting and export services take a whole query. No attack has to break out of anything there. */
const QUERY_FIELD = /query|sql|statement|expression|script|config|command|formula|definition/i;

function takesQueries({ leaf }: Subject): boolean {
  return leaf.carrier === 'json' && typeof leaf.key === 'string' && QUERY_FIELD.test(leaf.key);
}

/** The first quote that ends a string: one that is not doubled. */
function breakOut(text: string, quote: number): number {
  for (let at = 0; at < text.length; at++) {
    if (!isQuote(text.charCodeAt(at), quote)) continue;
    if (!isQuote(text.charCodeAt(at + 1), quote) || at === 0) return at;
    at++;
  }
  return -1;
}

function isQuote(code: number, quote: number): boolean {
  return quote === 0x60 ? code === quote : quoteOf(code) === quote;
}

function before(text: string, at: number, quote: number): Before {
  let words = 0;
  let inWord = false;
  for (let i = 0; i < at && words < 4; i++) {
    const space = isSpace(text.charCodeAt(i));
    if (!space && !inWord) words++;
    inWord = !space;
  }
  const last = text.charCodeAt(at - 1);
  return {
    words,
    endsInSpace: at > 0 && isSpace(last),
    endsInDigit: last >= 0x30 && last <= 0x39,
    doubleQuote: quote === 0x22,
  };
}
