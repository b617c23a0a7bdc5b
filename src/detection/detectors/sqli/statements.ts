import { certain, type Finding, likely } from './finding.ts';
import { selectAt } from './selects.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import { walk } from './walk.ts';
import { COMMON, DANGEROUS, FAVOURED, PROCEDURE, PROSE_WORDS } from './words.ts';

const OBJECTS = new Set(
  'table database schema view index function procedure user role column trigger sequence login if temporary temp unique materialized extension event server aggregate type alias public private or global external system session tablespace'.split(
    ' ',
  ),
);
/** What may follow the table that is altered. */
const CHANGES = new Set(
  'add drop modify change alter rename set identified with owner convert auto_increment engine enable disable'.split(
    ' ',
  ),
);

/**
 * A statement that begins at a token: its verb and what the grammar asks to follow. English uses the same verbs, so the verb alone
 * says nothing.
 *
 * @param stacked whether a semicolon or the end of a string stands before it
 */
export function statementAt(tokens: Tokens, at: number, stacked: boolean): Finding | null {
  const technique = stacked ? 'stacked-statement' : 'statement';
  if (tokens.kind(at) === TOKEN.select) return selectAt(tokens, at, stacked ? 'stacked-select' : 'select');
  if (tokens.kind(at) === TOKEN.name) return byName(tokens, at, technique);
  const found = tokens.kind(at) === TOKEN.verb && holds(tokens, at, stacked);
  if (found === false || found === 'no') return null;
  return stacked || found === 'surely' ? certain(technique) : likely(technique);
}

function byName(tokens: Tokens, at: number, technique: string): Finding | null {
  const name = tokens.word(at);
  if (name === 'with' && tokens.word(at + 2) === 'as') return likely(technique);
  if (technique === 'stacked-statement' && tokens.kind(at + 1) === TOKEN.open) {
    if (DANGEROUS.has(name)) return certain(technique);
    const seen = walk(tokens, at, false, 40);
    if (COMMON.has(name) && seen.constantComparisons > 0) return likely(technique);
  }
  if (PROCEDURE.test(name) && /^(?:xp_|sp_|master|msdb)/.test(name)) return likely(technique);
  return null;
}

type Answer = 'no' | 'likely' | 'surely';

function holds(tokens: Tokens, at: number, stacked: boolean): Answer {
  const word = (offset: number): string => tokens.word(at + offset);
  const kind = (offset: number): number => tokens.kind(at + offset);
  switch (word(0)) {
    case 'insert':
    case 'replace':
    case 'merge': {
      let next = 1;
      while (kind(next) === TOKEN.name && next < 4) next++;
      if (
        word(0) === 'replace' &&
        kind(1) === TOKEN.name &&
        kind(2) === TOKEN.open &&
        hasWord(tokens, at, 'values', 'select')
      ) {
        return stacked ? 'surely' : 'no';
      }
      if (word(next) !== 'into') return 'no';
      if (!isName(tokens, at + next + 1)) return 'no';
      const after = at + next + 2;
      if (tokens.kind(after) === TOKEN.open || tokens.kind(after) === TOKEN.select) return 'surely';
      return /^(?:values|set|default|using|exec)$/.test(tokens.word(after)) ? 'surely' : 'no';
    }
    case 'update':
      if (!isName(tokens, at + 1) || PROSE_WORDS.has(word(1)) || word(2) !== 'set') return 'no';
      return kind(4) === TOKEN.compare ? 'surely' : 'no';
    case 'delete':
      if (/^(?:low_priority|quick|ignore)$/.test(word(1)) && stacked && word(2) === 'from') return 'surely';
      if (word(1) !== 'from' || !isTableName(tokens, at + 2)) return 'no';
      if (kind(3) === TOKEN.clause && word(3) === 'where') return 'surely';
      return endsAt(tokens, at + 3) && (stacked || isEnded(tokens, at + 3) || FAVOURED.test(word(2))) ? 'surely' : 'no';
    case 'drop':
      return dropped(tokens, at, stacked);
    case 'create':
      return created(tokens, at);
    case 'alter': {
      if (!OBJECTS.has(word(1)) || !isTableName(tokens, at + 2)) return 'no';
      return CHANGES.has(word(3)) ? 'surely' : 'no';
    }
    case 'truncate':
      if (word(1) === 'table' && isTableName(tokens, at + 2) && endsAt(tokens, at + 3)) return 'surely';
      return isTableName(tokens, at + 1) && endsAt(tokens, at + 2) && (stacked || isEnded(tokens, at + 2))
        ? 'likely'
        : 'no';
    case 'exec':
    case 'execute':
      return executed(tokens, at, stacked);
    case 'declare':
      return kind(1) === TOKEN.variable || (stacked && kind(1) === TOKEN.name && kind(2) === TOKEN.name)
        ? 'surely'
        : 'no';
    case 'call':
      return kind(1) === TOKEN.name && kind(2) === TOKEN.open && stacked ? 'likely' : 'no';
    case 'shutdown':
      return stacked && (endsAt(tokens, at + 1) || word(1) === 'with' || word(1) === 'end') ? 'surely' : 'no';
    case 'grant':
    case 'revoke':
      return /^(?:all|select|insert|update|delete|execute|dba|connect|privileges)$/.test(word(1)) &&
        hasWord(tokens, at, 'on', 'to')
        ? 'likely'
        : 'no';
    case 'waitfor':
      if (word(1) !== 'delay' && word(1) !== 'time') return 'no';
      return kind(2) === TOKEN.string ||
        kind(2) === TOKEN.openString ||
        kind(2) === TOKEN.number ||
        kind(2) === TOKEN.variable
        ? 'surely'
        : 'no';
    case 'rename':
      return word(1) === 'table' && word(3) === 'to' ? 'likely' : 'no';
    case 'backup':
    case 'restore':
      return /^(?:database|log)$/.test(word(1)) && /^(?:to|from)$/.test(word(3)) ? 'surely' : 'no';
    case 'copy':
      if (!isTableName(tokens, at + 1) && kind(1) !== TOKEN.open) return 'no';
      return /^(?:from|to)$/.test(word(2)) && (kind(3) === TOKEN.string || word(3) === 'program') ? 'surely' : 'no';
    case 'attach':
      return word(1) === 'database' && kind(2) === TOKEN.string ? 'surely' : 'no';
    case 'load':
      return /^(?:data|xml)$/.test(word(1)) && hasWord(tokens, at, 'infile', 'infile') ? 'surely' : 'no';
    case 'handler':
      return /^(?:open|read|close)$/.test(word(2)) ? 'likely' : 'no';
    case 'prepare':
      return word(2) === 'from' && (kind(3) === TOKEN.string || kind(3) === TOKEN.variable) ? 'surely' : 'no';
    case 'set':
      return kind(1) === TOKEN.variable && kind(2) === TOKEN.compare ? 'surely' : 'no';
    case 'begin':
    case 'while':
    case 'if':
      return begun(tokens, at, stacked);
    case 'do':
      return stacked && kind(1) === TOKEN.name && kind(2) === TOKEN.open ? 'likely' : 'no';
    case 'kill':
    case 'print':
    case 'use':
    case 'go':
    case 'analyze':
      return stacked && tokens.lastComment >= 0 && tokens.length - at <= 2 ? 'likely' : 'no';
  }
  return 'no';
}

/** DROP TABLE x, not "drop table 5 at the window". */
function dropped(tokens: Tokens, at: number, stacked: boolean): Answer {
  if (!OBJECTS.has(tokens.word(at + 1))) {
    const hasComment = tokens.comments > 0 && tokens.length === at + 2;
    return isTableName(tokens, at + 1) && (isEnded(tokens, at + 2) || hasComment) ? 'likely' : 'no';
  }
  let name = at + 2;
  if (tokens.word(name) === 'exists') name++;
  if (tokens.word(at + 1) === 'if' || (tokens.word(name) === 'if' && tokens.word(name + 1) === 'exists')) name += 2;
  if (!isTableName(tokens, name)) return stacked && tokens.word(at + 1) === 'table' ? 'likely' : 'no';
  if (
    !endsAt(tokens, name + 1) &&
    tokens.kind(name + 1) !== TOKEN.comma &&
    !/^(?:cascade|restrict|purge)$/.test(tokens.word(name + 1))
  )
    return stacked ? 'likely' : 'no';
  return 'surely';
}

function created(tokens: Tokens, at: number): Answer {
  let object = at + 1;
  while (OBJECTS.has(tokens.word(object)) || tokens.word(object) === 'replace') object++;
  if (object === at + 1) return 'no';
  if (tokens.word(object) === 'not' && tokens.word(object + 1) === 'exists') object += 2;
  if (!isTableName(tokens, object)) return 'no';
  const after = object + 1;
  if (tokens.kind(after) === TOKEN.open) return 'surely';
  return /^(?:as|like|returns?|identified|on|with|for|after|before|authorization|is|password|from|engine|superuser)$/.test(
    tokens.word(after),
  ) || isEnded(tokens, after)
    ? 'likely'
    : 'no';
}

function executed(tokens: Tokens, at: number, stacked: boolean): Answer {
  const next = at + 1;
  const kind = tokens.kind(next);
  const word = tokens.word(next);
  if (kind === TOKEN.name && (/^(?:sp_|xp_)|\.\./.test(word) || PROCEDURE.test(word))) return 'surely';
  if (kind === TOKEN.variable) return 'surely';
  if (kind === TOKEN.openString || kind === TOKEN.string) return stacked ? 'surely' : 'no';
  if (kind === TOKEN.open)
    return isOneOf(tokens.kind(next + 1), TOKEN.string, TOKEN.variable, TOKEN.openString) ? 'surely' : 'no';
  if (word === 'immediate')
    return isOneOf(tokens.kind(next + 1), TOKEN.string, TOKEN.openString, TOKEN.name) ? 'surely' : 'no';
  if (kind !== TOKEN.name || !stacked) return 'no';
  return isOneOf(tokens.kind(next + 1), TOKEN.string, TOKEN.variable, TOKEN.number) || isEnded(tokens, next + 1)
    ? 'likely'
    : 'no';
}

function begun(tokens: Tokens, at: number, stacked: boolean): Answer {
  if (tokens.word(at) === 'begin') {
    const next = tokens.kind(at + 1);
    if (DANGEROUS.has(tokens.word(at + 1))) return 'surely';
    return stacked && (next === TOKEN.verb || next === TOKEN.select) ? 'surely' : 'no';
  }
  const seen = walk(tokens, at + 1, false, 60);
  if (seen.constantComparisons + seen.orderComparisons + seen.subselects === 0) return 'no';
  const then = tokens.kind(seen.fault);
  if (then === TOKEN.verb || then === TOKEN.select)
    return stacked || statementAt(tokens, seen.fault, true) !== null ? 'surely' : 'likely';
  return stacked ? 'likely' : 'no';
}

function isOneOf(kind: number, ...kinds: number[]): boolean {
  return kinds.includes(kind);
}

function isName(tokens: Tokens, at: number): boolean {
  const kind = tokens.kind(at);
  return kind === TOKEN.name || kind === TOKEN.quotedName;
}

function isTableName(tokens: Tokens, at: number): boolean {
  return isName(tokens, at) && !PROSE_WORDS.has(tokens.word(at));
}

function endsAt(tokens: Tokens, at: number): boolean {
  return at >= tokens.length || tokens.kind(at) === TOKEN.semicolon || tokens.kind(at) === TOKEN.openString;
}

/** Ended by what only SQL ends with: a semicolon or a comment. */
function isEnded(tokens: Tokens, at: number): boolean {
  return tokens.kind(at) === TOKEN.semicolon || (at >= tokens.length && tokens.lastComment >= 0);
}

function hasWord(tokens: Tokens, from: number, one: string, other: string): boolean {
  const to = Math.min(tokens.length, from + 12);
  for (let at = from + 1; at < to; at++) if (tokens.word(at) === one || tokens.word(at) === other) return true;
  return false;
}

/** Verbs of one text that are looked at. */
const MOST_VERBS = 24;

/** Statements behind semicolons, and those that need none (SQL Server parts statements by their verbs alone). */
export function findStatements(tokens: Tokens, from = 0): Finding | null {
  let looked = 0;
  for (let at = from; at < tokens.length && looked < MOST_VERBS; at++) {
    const kind = tokens.kind(at);
    const behind = tokens.kind(at - 1) === TOKEN.semicolon;
    if (kind !== TOKEN.verb && !(behind && (kind === TOKEN.select || kind === TOKEN.name))) continue;
    looked++;
    const word = tokens.word(at);
    // SQL Server needs nothing between a value and the next statement.
    const glued = at === 1 && tokens.kind(0) === TOKEN.number;
    if (
      !behind &&
      !glued &&
      word !== 'waitfor' &&
      word !== 'exec' &&
      word !== 'declare' &&
      word !== 'execute' &&
      at > 0
    )
      continue;
    const found = statementAt(tokens, at, behind || glued);
    if (found !== null) return found;
  }
  return null;
}
