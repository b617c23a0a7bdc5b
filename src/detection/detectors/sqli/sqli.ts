import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { judgeBare, type Prose } from './bare.ts';
import { isSpace, quoteOf } from './characters.ts';
import { type Finding, possible, stronger } from './finding.ts';
import { LITERALS } from './literals.ts';
import { judgeName } from './names.ts';
import { type Before, judgeQuoted } from './quoted.ts';
import { findSelects } from './selects.ts';
import { findStatements } from './statements.ts';
import { tokenize } from './tokenizer.ts';
import type { Tokens } from './tokens.ts';
import { walk } from './walk.ts';

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
/** What browsers say that they accept: the one text with an equals sign and spaces that comes with each request. */
const ACCEPTS = /^[\w.+*/-]+(?:\s?[,;]\s?[\w.+*/=-]+)*$/;
const QUOTES = [0x27, 0x22, 0x60];
/** Words that a query goes on with far behind its beginning. */
const STRONG =
  /union|select|waitfor|exec|declare|insert|drop|delete|update|shutdown|create|alter|truncate|copy |call |begin|outfile|dumpfile|sleep|benchmark|dbms_|xp_|sp_/;
/** What compares, and what ends a query: without any of these nothing comes of a break-out that begins as writing does. */
const MARKS = /[=<>#|&^*]|--/;
/** As far as a text is read to see whether it stops making sense at once, as nearly all writing does. */
const FIRST_TOKENS = 8;
/** As far as a text is read to see whether it makes sense at all. */
const FEW_TOKENS = 48;

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
  if (leaf.carrier === 'header' && isAccept(leaf.key) && ACCEPTS.test(lower)) return null;
  const prose: Prose = () => subject.prose;
  let found = judge(lower, prose);
  if (isStatement(found) && takesQueries(subject)) found = found && possible(found.technique);
  if (leaf.role === 'name' && (found === null || found.confidence < CONFIDENCE.certain)) {
    found = stronger(found, judgeName(tokenize(lower, 0)));
    // A separator that was encoded twice: the value is in the name.
    const equals = lower.indexOf('=');
    if (equals > 0) found = stronger(found, judge(lower.slice(equals + 1), NO_PROSE));
  }
  return found === null ? null : { ...found, start: 0, end: lower.length };
}

const NO_PROSE: Prose = () => 0;

function judge(lower: string, prose: Prose): Finding | null {
  const strong = STRONG.test(lower);
  const plain = !strong && !MARKS.test(lower);
  let found: Finding | null =
    plain && stopsAtOnce(lower, 0, false) ? null : judgeBare(lower, read(lower, 0, strong, false), prose);
  for (const quote of QUOTES) {
    if (found !== null && found.confidence >= CONFIDENCE.certain) return found;
    const at = breakOut(lower, quote);
    if (at >= 0 && !(plain && stopsAtOnce(lower, at + 1, true)))
      found = stronger(found, judgeQuoted(lower, read(lower, at + 1, strong, true), before(lower, at, quote)));
  }
  if ((found === null || found.confidence < CONFIDENCE.likely) && strong) {
    const loose = tokenize(lower, 0, true);
    const anywhere = stronger(findSelects(loose), findStatements(loose));
    if (anywhere !== null) found = stronger(found, prose() > 0.5 ? possible(anywhere.technique) : anywhere);
  }
  return found;
}

function isAccept(key: string | number): boolean {
  return typeof key === 'string' && key.startsWith('accept');
}

/** Whether the first few tokens are writing, with nothing in them that a query would have. More follows, so no comment ends it there. */
function stopsAtOnce(lower: string, from: number, afterOperand: boolean): boolean {
  const tokens = tokenize(lower, from, false, FIRST_TOKENS);
  if (!tokens.cut || tokens.emptyNumber || tokens.comments > 0) return false;
  const seen = walk(tokens, 0, afterOperand);
  return (
    seen.fault < FIRST_TOKENS - 2 &&
    seen.logic + seen.constantComparisons + seen.orderComparisons + seen.dangerousCalls + seen.calls === 0 &&
    seen.clause < 0 &&
    seen.union <= 0 &&
    seen.statement < 0
  );
}

/**
 * Reads a beginning first: writing stops to make sense as SQL there, and without a word that only SQL goes on with, the rest need
 * not be read.
 */
function read(lower: string, from: number, strong: boolean, afterOperand: boolean): Tokens {
  if (!strong) {
    const tokens = tokenize(lower, from, false, FEW_TOKENS);
    if (!tokens.cut || walk(tokens, 0, afterOperand).fault < tokens.length - 2) return tokens;
  }
  return tokenize(lower, from);
}

function isStatement(found: Finding | null): boolean {
  return found?.technique === 'select' || found?.technique === 'statement';
}

/**
 * Fields of JSON in which services take a whole query, or people and programs write about one. A statement that breaks out of
 * nothing does no harm there that the field is not for.
 */
const QUERY_FIELD =
  /query|sql|nrql|statement|expression|script|config|command|formula|definition|message|description|body|commit|log|trace|stack|breadcrumb/i;

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
    endsInSpace: words > 0 && isSpace(last),
    endsInDigit: last >= 0x30 && last <= 0x39,
    doubleQuote: quote === 0x22,
  };
}
