import { isSpace } from './characters.ts';
import { clauseOf } from './clauses.ts';
import { certain, type Finding, likely, possible, stronger } from './finding.ts';
import { isCallBegun } from './names.ts';
import { findSelects } from './selects.ts';
import { findStatements, statementAt } from './statements.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import { type Walk, walk } from './walk.ts';
import { CATALOGUE, DANGEROUS, PROCEDURE, PROSE_WORDS, TYPE } from './words.ts';

/** How much the text reads like writing, worked out when it is asked. */
export type Prose = () => number;

/**
 * Judges a text where the query has a number or a name without quotes: a value and what is done with it, or what may follow a value,
 * or a statement of its own.
 */
export function judgeBare(text: string, tokens: Tokens, prose: Prose): Finding | null {
  if (tokens.length === 0) return null;
  const first = tokens.kind(0);
  const seen = walk(tokens, 0, followsValue(tokens));
  const whole = seen.fault >= tokens.length;
  const isProse = (startsInProse(tokens) || countProse(tokens) > 1) && prose() > 0.5;
  let found = inProse(findSelects(tokens), whole, isProse);
  if (first === TOKEN.verb || first === TOKEN.select || first === TOKEN.name) {
    found = stronger(found, inProse(statementAt(tokens, 0, false), whole, isProse));
  }
  found = stronger(found, inProse(findStatements(tokens), false, isProse));
  if (callsPackage(tokens)) found = stronger(found, likely('dangerous-function'));
  if (seen.clause >= 0) found = stronger(found, clauseOf(tokens, seen, seen.clause > 0 || text.charCodeAt(0) === 0x20));
  return stronger(found, inProse(expression(text, tokens, seen, whole), whole, isProse));
}

/** In writing for people SQL is what the writing is about, unless all of it is SQL. */
function inProse(found: Finding | null, whole: boolean, isProse: boolean): Finding | null {
  return found !== null && !whole && isProse ? possible(found.technique) : found;
}

/** Whether the text goes on behind a value that the query has before it. */
function followsValue(tokens: Tokens): boolean {
  switch (tokens.kind(0)) {
    case TOKEN.close:
    case TOKEN.comma:
    case TOKEN.logic:
    case TOKEN.semicolon:
    case TOKEN.union:
      return true;
    case TOKEN.clause:
      return tokens.word(0) !== 'case' && tokens.kind(1) !== TOKEN.open;
    case TOKEN.compare:
      return tokens.kind(1) !== TOKEN.open;
    case TOKEN.arithmetic:
      return tokens.word(0) !== '-' && tokens.word(0) !== '+' && tokens.word(0) !== '~';
  }
  return false;
}

function expression(text: string, tokens: Tokens, seen: Walk, whole: boolean): Finding | null {
  const ended = whole && tokens.lastComment >= 0;
  // LIKE "new": what is compared stands before the text.
  const constants = seen.constantComparisons - (tokens.kind(0) === TOKEN.compare ? 1 : 0);
  if (seen.dangerousCalls > 0 && !isMeasure(tokens, seen.fault)) {
    if (whole || seen.logic > 0) return certain('dangerous-function');
    return goesOnInProse(tokens, seen.fault) ? possible('dangerous-function') : likely('dangerous-function');
  }
  if (seen.statement > 0 || (seen.statement === 0 && tokens.length > 1)) {
    const found = statementAt(tokens, seen.statement + 1, true);
    if (found !== null) return found;
  }
  if (constants > 0 && seen.logic > 0) return whole || ended ? certain('tautology') : likely('tautology');
  if (seen.orderComparisons > 0 && seen.logic > 0 && whole) return likely('tautology');
  if (
    whole &&
    seen.cases > 0 &&
    (constants > 0 || (tokens.word(0) === 'case' && seen.names === 0 && tokens.length > 4))
  )
    return likely('case');
  // Sums are what people write, too.
  if (whole && constants > 0 && seen.arithmetic > 0 && seen.names === 0)
    return seen.logic > 0 || comparesInside(tokens) ? likely('tautology') : possible('tautology');
  if (constants > 0 && whole && seen.names === 0 && (seen.logic > 0 || isSame(text, tokens)))
    return likely('tautology');
  if (
    whole &&
    seen.metadataCalls > 0 &&
    seen.metadataCalls + seen.calls + seen.logic + seen.comparisons + constants > 1
  ) {
    return likely('metadata');
  }
  if (whole && seen.logic > 0 && seen.calls > 0 && !startsWithLogicCall(tokens)) return likely('function');
  if (whole && seen.calls > 1 && seen.arithmetic > 0 && tokens.kind(0) === TOKEN.number) return likely('function');
  if (whole && seen.calls > 0 && tokens.kind(0) === TOKEN.comma) return likely('function');
  if (tokens.emptyNumber) return likely('empty-number');
  if (whole && seen.logic > 0 && isTruth(text, tokens)) return likely('condition');
  if (isConditionBegun(tokens)) return likely('condition-begun');
  if (whole && isCast(tokens)) return likely('cast');
  if (
    ended &&
    (seen.logic > 0 || seen.calls + seen.otherCalls > 0 || seen.constantComparisons + seen.orderComparisons > 0)
  ) {
    return likely('condition');
  }
  if (ended && tokens.kind(0) === TOKEN.open && seen.names === 0 && seen.commas === 0) return likely('condition');
  if (ended && seen.arithmetic > 0 && seen.names + seen.commas + seen.otherCalls === 0 && isBareComment(text, tokens)) {
    return likely('comment-end');
  }
  if (ended && seen.variables > 0 && seen.closesMore + seen.arithmetic > 0) return likely('condition');
  if (whole && seen.variables > 0 && seen.logic > 0 && tokens.word(0) !== '@') return likely('condition');
  if (whole && tokens.kind(0) === TOKEN.logic && seen.comparisons > 0 && seen.closesMore > 0)
    return likely('condition');
  if (tokens.length === 2 && isCallBegun(tokens)) return likely('function');
  if (tokens.length === 1) return alone(text, tokens, ended);
  if (tokens.length === 2 && ended && tokens.word(0) === '-' && tokens.kind(1) === TOKEN.number)
    return likely('comment-end');
  return seen.union > 0 && followsNumber(tokens, seen.union, whole) ? likely('union') : null;
}

/** `-1 union`, `7 union 1,2,3`: cut off, or with the SELECT hidden. */
function followsNumber(tokens: Tokens, union: number, whole: boolean): boolean {
  if (union > 4 || tokens.kind(union - 1) !== TOKEN.number) return false;
  if (union === tokens.length - 1) return union === 2 || tokens.comments > 0;
  return whole && tokens.kind(union + 1) === TOKEN.number && tokens.kind(union + 2) === TOKEN.comma;
}

/** `1 or true`, and ` or true` where a space shows that it is to follow a value. */
function isTruth(text: string, tokens: Tokens): boolean {
  const last = tokens.length - 1;
  if (tokens.kind(last - 1) !== TOKEN.logic || !/^(?:true|false)$/.test(tokens.word(last))) return false;
  return last === 1 ? isSpace(text.charCodeAt(0)) : last === 2 && tokens.kind(0) === TOKEN.number;
}

/** Two names in a row, as no query has them at the beginning. */
function startsInProse(tokens: Tokens): boolean {
  return tokens.kind(0) === TOKEN.name && tokens.kind(1) === TOKEN.name;
}

/** Words that join the nouns of English and are no names in SQL. */
function countProse(tokens: Tokens): number {
  let count = 0;
  for (let at = 0; at < tokens.length && count < 2; at++) {
    if (tokens.kind(at) === TOKEN.name && tokens.word(at).length > 1 && PROSE_WORDS.has(tokens.word(at))) count++;
  }
  return count;
}

/** One token: a name that only a database knows, or a number with a comment behind it. */
function alone(text: string, tokens: Tokens, ended: boolean): Finding | null {
  const word = tokens.word(0);
  if (tokens.kind(0) === TOKEN.name) {
    if (PROCEDURE.test(word) && /^(?:xp_|sp_|utl_|master|dbms_)/.test(word)) return likely('procedure');
    if (!CATALOGUE.test(word) || word.length < 7) return null;
    return word.includes('.') ? likely('catalogue') : possible('catalogue');
  }
  if (tokens.kind(0) === TOKEN.variable && /^@@(?:version|hostname|datadir|servername|global)/.test(word))
    return likely('metadata');
  if (!ended) return null;
  if (tokens.kind(0) === TOKEN.variable) return isBareComment(text, tokens) ? likely('comment-end') : null;
  if (tokens.kind(0) !== TOKEN.number) return null;
  if (text[tokens.lastComment] === '/' && isBareComment(text, tokens)) return likely('comment-end');
  return text[tokens.lastComment] === '-' && tokens.lastComment > tokens.end(0) && isBareComment(text, tokens)
    ? likely('comment-end')
    : possible('comment-end');
}

/** "sleep (8 hours)": a number with its unit. */
function isMeasure(tokens: Tokens, fault: number): boolean {
  return tokens.kind(fault) === TOKEN.name && tokens.kind(fault - 1) === TOKEN.number;
}

/** `(4=4)*7`: a truth value that is counted with. */
function comparesInside(tokens: Tokens): boolean {
  return (
    tokens.kind(0) === TOKEN.open &&
    tokens.kind(2) === TOKEN.compare &&
    tokens.kind(4) === TOKEN.close &&
    tokens.kind(5) === TOKEN.arithmetic
  );
}

/** ` or name = "`: a condition behind the query's value, whose string the query's own quote closes. */
function isConditionBegun(tokens: Tokens): boolean {
  if (tokens.kind(0) !== TOKEN.logic || tokens.length > 5) return false;
  const at = tokens.kind(1) === TOKEN.open ? 2 : 1;
  return (
    tokens.kind(at) === TOKEN.name &&
    tokens.kind(at + 1) === TOKEN.compare &&
    tokens.length === at + 3 &&
    tokens.kind(at + 2) === TOKEN.openString &&
    tokens.end(at + 2) - tokens.start(at + 2) <= 2
  );
}

/** `dbms_lock.sleep(`, wherever it stands: nobody's word. */
function callsPackage(tokens: Tokens): boolean {
  for (let at = 0; at + 1 < tokens.length; at++) {
    if (tokens.kind(at) !== TOKEN.name || tokens.kind(at + 1) !== TOKEN.open) continue;
    if (tokens.word(at).includes('.') && DANGEROUS.has(tokens.word(at))) return true;
  }
  return false;
}

/** Two words in a row, as a sentence has them and no query. */
function goesOnInProse(tokens: Tokens, at: number): boolean {
  return tokens.kind(at) === TOKEN.name && tokens.kind(at + 1) === TOKEN.name;
}

/** A comment that says nothing, so that it only cuts off what follows. */
function isBareComment(text: string, tokens: Tokens): boolean {
  return text.slice(tokens.lastComment, tokens.lastComment + 8).trim().length <= 3;
}

/** `1=1`, `'a'='a'`, `42 like 42`, `11!=1`: nothing but a comparison of two things that are written out. */
function isSame(text: string, tokens: Tokens): boolean {
  if (tokens.length > 5) return false;
  const last = tokens.length - 1;
  if (tokens.kind(0) === TOKEN.string && tokens.kind(last) === TOKEN.openString) return true;
  if (tokens.kind(0) !== tokens.kind(last) || (tokens.kind(0) !== TOKEN.number && tokens.kind(0) !== TOKEN.string))
    return false;
  if (tokens.word(1) === '!=' || tokens.word(1) === '<>' || tokens.word(1) === 'not' || tokens.word(1) === 'is')
    return tokens.kind(0) === TOKEN.number || tokens.length > 3;
  return text.slice(tokens.start(0), tokens.end(0)) === text.slice(tokens.start(last), tokens.end(last));
}

/** AND(…) and OR(…) are functions in spreadsheets. */
function startsWithLogicCall(tokens: Tokens): boolean {
  return tokens.kind(0) === TOKEN.logic && tokens.kind(1) === TOKEN.open;
}

/** `f(x)::int`, `'{…}'::jsonb`, `(…)::text`. */
function isCast(tokens: Tokens): boolean {
  for (let at = 1; at < tokens.length - 1; at++) {
    if (tokens.word(at) !== '::' || !TYPE.test(tokens.word(at + 1))) continue;
    const before = tokens.kind(at - 1);
    if (before === TOKEN.close || before === TOKEN.string || before === TOKEN.openString) return true;
    if (before === TOKEN.name && /^(?:current_user|session_user|user|password|version)$/.test(tokens.word(at - 1)))
      return true;
  }
  return false;
}
