import { certain, type Finding, likely, possible, stronger } from './finding.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import { type Walk, walk } from './walk.ts';
import { CATALOGUE, COMMON, DANGEROUS, FAVOURED, METADATA, PROSE_WORDS } from './words.ts';

/** SELECTs of one text that are looked at, and how many tokens of each. */
const MOST_SELECTS = 12;
const MOST_TOKENS = 80;

/**
 * UNION SELECT, selects in parentheses and behind a semicolon, wherever they stand.
 *
 * @param brokenOut whether a quote stands before the tokens
 */
export function findSelects(tokens: Tokens, brokenOut = false): Finding | null {
  let found: Finding | null = null;
  let looked = 0;
  for (let at = 0; at < tokens.length && looked < MOST_SELECTS; at++) {
    if (tokens.kind(at) !== TOKEN.select) continue;
    looked++;
    const before = previous(tokens, at);
    const kind = tokens.kind(before);
    if (kind === TOKEN.union) found = stronger(found, unionAt(tokens, before, at, brokenOut));
    else if (tokens.kind(at - 1) === TOKEN.open) found = stronger(found, subselectAt(tokens, at));
    else if (tokens.kind(at - 1) === TOKEN.semicolon) found = stronger(found, selectAt(tokens, at, 'stacked-select'));
  }
  return found;
}

/** The token before SELECT but for parentheses and UNION's ALL. */
function previous(tokens: Tokens, select: number): number {
  let at = select - 1;
  while (at >= 0 && (tokens.kind(at) === TOKEN.open || tokens.kind(at) === TOKEN.quantifier)) at--;
  return at;
}

function unionAt(tokens: Tokens, union: number, select: number, brokenOut: boolean): Finding | null {
  const first = firstOfList(tokens, select);
  const kind = tokens.kind(first);
  if (kind === 0) {
    if (brokenOut || isValue(tokens, union - 1)) return certain('union-select');
    return union === 0 && tokens.comments > 0 ? likely('union-select') : possible('union-select');
  }
  if (kind !== TOKEN.name) return kind === TOKEN.other || isWordOfProse(tokens, first) ? null : certain('union-select');
  const next = tokens.kind(first + 1);
  if (next === TOKEN.name) return isTable(tokens, select) ? likely('union-select') : null;
  if (next === 0 && PROSE_WORDS.has(tokens.word(first))) return null;
  if (next === 0 && tokens.lastComment < 0)
    return isValue(tokens, union - 1) ? certain('union-select') : possible('union-select');
  if (isTable(tokens, select) || next !== TOKEN.clause) return certain('union-select');
  return tokens.word(first + 1) === 'from' && tokens.length === first + 2
    ? likely('union-select')
    : possible('union-select');
}

/** A select in parentheses as an operand. "(select one)" is what forms say. */
function subselectAt(tokens: Tokens, select: number): Finding | null {
  const first = firstOfList(tokens, select);
  const seen = walk(tokens, select, false, MOST_TOKENS);
  const opener = tokens.kind(previous(tokens, select));
  const isCall = opener === TOKEN.name && COMMON.has(tokens.word(previous(tokens, select)));
  const afterName = opener === TOKEN.name && !isCall;
  if (seen.dangerousCalls > 0 || seen.metadataCalls > 0) return certain('subselect');
  if (isTable(tokens, select)) {
    const kind = tokens.kind(first);
    if (kind === TOKEN.name && tokens.kind(first + 1) === TOKEN.name) return null;
    return afterName && kind === TOKEN.name && tokens.kind(first + 1) !== TOKEN.open
      ? possible('subselect')
      : certain('subselect');
  }
  if (afterName || opener === 0) {
    return seen.subselects > 1 || seen.calls > 1 ? certain('subselect') : wholeValue(tokens, seen, first);
  }
  if (first >= tokens.length || tokens.kind(first) === TOKEN.name || tokens.kind(first) === TOKEN.other) {
    return tokens.kind(first) === TOKEN.name && tokens.kind(first + 1) === TOKEN.open ? likely('subselect') : null;
  }
  return seen.fault > first && !isWordOfProse(tokens, first) ? likely('subselect') : null;
}

function wholeValue(tokens: Tokens, seen: Walk, first: number): Finding | null {
  const kind = tokens.kind(first);
  if (kind === TOKEN.name) {
    return tokens.kind(first + 1) === TOKEN.open && COMMON.has(tokens.word(first)) ? likely('subselect') : null;
  }
  if (seen.fault < tokens.length) return null;
  return tokens.lastComment >= 0 || seen.calls > 0 || seen.variables > 0 ? likely('subselect') : possible('subselect');
}

/** A select as a statement of its own. */
export function selectAt(tokens: Tokens, select: number, technique: string): Finding | null {
  const first = firstOfList(tokens, select);
  const kind = tokens.kind(first);
  if (kind === 0) return null;
  const seen = walk(tokens, select, false, MOST_TOKENS);
  if (seen.dangerousCalls > 0) return certain(technique);
  if (isWordOfProse(tokens, first)) return null;
  const table = tableOf(tokens, select);
  const plainWords = kind === TOKEN.name && tokens.kind(first + 1) === TOKEN.name;
  if (table !== '' && !PROSE_WORDS.has(table) && !plainWords) {
    if (CATALOGUE.test(table) || kind !== TOKEN.name || tokens.kind(first + 1) === TOKEN.open)
      return certain(technique);
    if (FAVOURED.test(table) || seen.commas > 0 || seen.comparisons + seen.constantComparisons > 0)
      return certain(technique);
    return technique === 'select' ? possible(technique) : likely(technique);
  }
  if (kind === TOKEN.name && DANGEROUS.has(tokens.word(first)) && tokens.length === first + 1) return likely(technique);
  const whole = seen.fault >= tokens.length;
  if (seen.metadataCalls > 0 || /^@@/.test(tokens.word(first))) return likely(technique);
  if (kind === TOKEN.name && METADATA.has(tokens.word(first)) && (whole || seen.statement >= 0))
    return likely(technique);
  if (seen.subselects > 1 || (whole && seen.calls > 0 && kind === TOKEN.name)) return likely(technique);
  if (whole && kind === TOKEN.clause && tokens.word(first) === 'case') return likely(technique);
  if (whole && seen.clause >= 0 && seen.commas + seen.comparisons + seen.constantComparisons > 0)
    return likely(technique);
  if (whole && kind === TOKEN.number && tokens.end(first) - tokens.start(first) > 4) return likely(technique);
  if (whole && seen.commas > 2 && seen.calls > 0) return likely(technique);
  if (technique !== 'select' && whole && kind !== TOKEN.name) return likely(technique);
  return whole && (kind === TOKEN.variable || isSplit(tokens)) ? likely(technique) : null;
}

/** A comment instead of a space. */
function isSplit(tokens: Tokens): boolean {
  return tokens.comments > 0 && tokens.lastComment < 0;
}

/** Where the list of what is selected begins. */
function firstOfList(tokens: Tokens, select: number): number {
  let at = select + 1;
  while (tokens.kind(at) === TOKEN.open || tokens.kind(at) === TOKEN.quantifier) {
    // TOP 1, DISTINCT(x).
    if (tokens.word(at) === 'top' && tokens.kind(at + 1) === TOKEN.number) at++;
    at++;
  }
  return at;
}

function isWordOfProse(tokens: Tokens, at: number): boolean {
  const kind = tokens.kind(at);
  if (kind === TOKEN.quantifier) return tokens.kind(at + 1) === TOKEN.name;
  if (kind === TOKEN.name && DANGEROUS.has(tokens.word(at))) return false;
  if (kind === TOKEN.number) return tokens.kind(at + 1) === TOKEN.name && tokens.end(at) < tokens.start(at + 1);
  return (
    PROSE_WORDS.has(tokens.word(at)) &&
    (kind === TOKEN.name || tokens.kind(at + 1) === TOKEN.name || tokens.kind(at + 1) === TOKEN.other)
  );
}

/** What stands behind the select's FROM; empty without one. */
function tableOf(tokens: Tokens, select: number): string {
  const most = Math.min(tokens.length, select + MOST_TOKENS);
  let depth = 0;
  let inside = '';
  for (let at = select + 1; at < most; at++) {
    const kind = tokens.kind(at);
    if (kind === TOKEN.open) depth++;
    else if (kind === TOKEN.close && --depth < 0) break;
    else if (kind === TOKEN.semicolon) break;
    if (kind !== TOKEN.clause || tokens.word(at) !== 'from') continue;
    let next = at + 1;
    while (tokens.kind(next) === TOKEN.open) next++;
    const kindOfTable = tokens.kind(next);
    let table = kindOfTable === TOKEN.name ? tokens.word(next) : '';
    if (kindOfTable === TOKEN.select) table = 'select';
    if (kindOfTable === TOKEN.quotedName) table = 'quoted name';
    if (depth === 0) return table;
    inside = table;
  }
  // A parenthesis that nothing closes: the text was cut, or wants to look so.
  return depth > 0 ? inside : '';
}

function isTable(tokens: Tokens, select: number): boolean {
  const table = tableOf(tokens, select);
  return table !== '' && !PROSE_WORDS.has(table);
}

function isValue(tokens: Tokens, at: number): boolean {
  const kind = tokens.kind(at);
  return (
    kind === TOKEN.number ||
    kind === TOKEN.string ||
    kind === TOKEN.close ||
    kind === TOKEN.constant ||
    kind === TOKEN.variable
  );
}
