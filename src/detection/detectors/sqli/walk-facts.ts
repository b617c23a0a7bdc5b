import { COMMON, DANGEROUS, KEYWORDS, METADATA } from './words.ts';

/** What a walk through an expression has seen. */
export class Walk {
  /** The first token that SQL could not hold there; the number of tokens when there is none. */
  fault = 0;
  /** AND, OR, XOR and their signs between operands. */
  logic = 0;
  /** Comparisons of two things that the query does not know: `1=1`, `'a'='b'`, `version()>5`. */
  constantComparisons = 0;
  /** Of these, those with an order: `3<4`, which prose has, too. */
  orderComparisons = 0;
  /** Comparisons with a name on either side. */
  comparisons = 0;
  arithmetic = 0;
  /** Calls of functions that databases have. */
  calls = 0;
  dangerousCalls = 0;
  metadataCalls = 0;
  otherCalls = 0;
  subselects = 0;
  /** CASE WHEN, IF(…) and IIF(…). */
  cases = 0;
  variables = 0;
  names = 0;
  commas = 0;
  /** The place of `;`; -1 when there is none. The walk ends there. */
  statement = -1;
  /** The place of UNION; -1. */
  union = -1;
  /** The place of the clause that comes first at the outermost level: ORDER, HAVING, WHERE … -1. */
  clause = -1;
  /** Whether the last token is a string that the query closes. */
  endsOpen = false;
  /** Parentheses closed that the text did not open. */
  closesMore = 0;
}

/** Counts a call by what the function is. */
export function countCall(seen: Walk, name: string): void {
  if (name === 'iif' || name === 'if') seen.cases++;
  if (DANGEROUS.has(name)) seen.dangerousCalls++;
  else if (METADATA.has(name)) seen.metadataCalls++;
  else if (COMMON.has(name) || KEYWORDS.has(name)) seen.calls++;
  else seen.otherCalls++;
}
