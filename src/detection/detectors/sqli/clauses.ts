import { certain, type Finding, likely, possible } from './finding.ts';
import { TOKEN, type Tokens } from './tokens.ts';
import type { Walk } from './walk.ts';
import { CATALOGUE, PROSE_WORDS } from './words.ts';

/**
 * ORDER BY 7, GROUP BY x HAVING 1=1, LIMIT 1 INTO OUTFILE, PROCEDURE ANALYSE, AS x WHERE 1=1: a clause behind the value.
 *
 * @param brokenOut whether a quote or a value stands before it
 */
export function clauseOf(tokens: Tokens, seen: Walk, brokenOut: boolean): Finding | null {
  const at = seen.clause;
  const whole = seen.fault >= tokens.length;
  const ended = whole && tokens.lastComment >= 0;
  const conditions = seen.constantComparisons + seen.orderComparisons;
  switch (tokens.word(at)) {
    case 'order':
    case 'group': {
      const kind = tokens.kind(at + 2);
      if (kind === TOKEN.number) {
        if (!whole || tokens.end(at + 2) - tokens.start(at + 2) > 6) return null;
        if (ended) return certain('order-by');
        return brokenOut || seen.commas > 0 || seen.endsOpen ? likely('order-by') : null;
      }
      if (seen.dangerousCalls > 0) return certain('order-by');
      if (conditions + seen.subselects > 0 || (whole && seen.calls > 0 && brokenOut)) return likely('order-by');
      if (kind === TOKEN.constant || kind === TOKEN.variable) return whole && brokenOut ? likely('order-by') : null;
      if (!whole || PROSE_WORDS.has(tokens.word(at + 2))) return null;
      return ended && brokenOut ? likely('order-by') : null;
    }
    case 'having':
      if (conditions > 0 && whole) return likely('having');
      return whole && seen.calls > 0 && seen.comparisons > 0 ? likely('having') : logicOnly(tokens, seen, 'having');
    case 'where':
      if (conditions > 0) return whole ? certain('where') : likely('where');
      return brokenOut && whole && seen.comparisons > 0 && (ended || seen.endsOpen) ? likely('where') : null;
    case 'as':
      if (conditions > 0 && seen.fault > at + 3) return likely('where');
      if (tokens.word(at + 2) !== 'from') return null;
      if (whole && tokens.length === at + 3 && (seen.closesMore > 0 || tokens.kind(at + 1) === TOKEN.quotedName)) {
        return likely('alias');
      }
      return isName(tokens.kind(at + 3)) && brokenOut && whole ? likely('alias') : null;
    case 'into':
      return at + 2 < tokens.length ? certain('into-file') : null;
    case 'procedure':
      return tokens.kind(at + 2) === TOKEN.open || tokens.kind(at + 1) === TOKEN.open
        ? certain('procedure-analyse')
        : null;
    case 'limit':
      if (!whole || tokens.kind(at + 1) !== TOKEN.number) return null;
      return ended && (brokenOut || seen.commas > 0) ? likely('limit') : null;
    case 'from':
      if (tokens.kind(at + 1) === TOKEN.name && CATALOGUE.test(tokens.word(at + 1))) return likely('from');
      if (seen.closesMore > 0 && whole && seen.comparisons > 0) return likely('from');
      return brokenOut && ended && isName(tokens.kind(at + 1)) ? likely('from') : null;
  }
  return null;
}

/** HAVING (1 or true): constants joined by OR. */
function logicOnly(tokens: Tokens, seen: Walk, technique: string): Finding | null {
  if (seen.fault < tokens.length || seen.logic === 0 || seen.comparisons > 0) return null;
  return seen.names <= 1 ? likely(technique) : possible(technique);
}

function isName(kind: number): boolean {
  return kind === TOKEN.name || kind === TOKEN.quotedName;
}
