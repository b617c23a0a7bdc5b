import type { Leaf, PlaceNode } from '../../leaf.ts';

/** MongoDB's operators that compare or join: what turns an equality into "anything". */
const COMPARING =
  'ne gt gte lt lte eq in nin regex exists not nor or and elemmatch all mod size type jsonschema expr near geowithin'.split(
    ' ',
  );
/** Operators that run code. */
const RUNNING = ['where', 'function', 'accumulator', 'func', 'eval'];
/** Stages of an aggregation that reach other collections. */
const REACHING = [
  'lookup',
  'graphlookup',
  'unionwith',
  'out',
  'merge',
  'currentop',
  'listsessions',
  'collstats',
  'indexstats',
];

const ALL = new Set([
  ...COMPARING,
  ...RUNNING,
  ...REACHING,
  'text',
  'options',
  'set',
  'unset',
  'inc',
  'push',
  'pull',
  'rename',
  'match',
  'group',
  'project',
]);
const DANGEROUS = new Set(RUNNING);
const COMPARES = new Set(COMPARING);
const REACHES = new Set(REACHING);

/** Names that mean something else when they stand alone in a query: OData, JSON Schema, analytics and Feathers have them. */
const ALSO_HONEST = new Set(
  'type size all text set match group project search merge out rename options mod function eval near'.split(' '),
);

const BRACKETED = /\[\s{0,8}['"]?\$([a-z]{2,16})['"]?\s{0,8}\]/;
const ALONE = /^\$([a-z]{2,16})$/;
const DOTTED = /^[\w.-]{1,64}\.\$([a-z]{2,16})$/;

/** Content systems such as Strapi take their filters so, and translate the operators themselves. */
const OWN_FILTERS = /^filters\[/;

export type Confidence = 'certain' | 'likely' | 'possible' | 'none';

/**
 * An operator in a field's name, which MongoDB's drivers obey wherever an application hands on what it was sent
 * (OWASP Testing Guide, "Testing for NoSQL Injection"). In a query or form nobody has to write one; in JSON, search interfaces do.
 */
export function judgeOperatorName(lower: string, leaf: Leaf): Confidence {
  const bracketed = BRACKETED.exec(lower)?.[1];
  if (bracketed !== undefined && ALL.has(bracketed)) {
    return COMPARES.has(bracketed) && OWN_FILTERS.test(lower) ? 'possible' : 'certain';
  }
  const alone = ALONE.exec(lower)?.[1] ?? DOTTED.exec(lower)?.[1];
  if (alone === undefined || !ALL.has(alone)) return 'none';
  if (leaf.carrier !== 'json') {
    return ALSO_HONEST.has(alone) ? 'none' : DANGEROUS.has(alone) ? 'certain' : 'likely';
  }
  if (DANGEROUS.has(alone)) return alone === 'where' ? 'certain' : 'likely';
  if (REACHES.has(alone))
    return isInQuery(leaf.parent) ? 'possible' : alone === 'merge' || alone === 'out' ? 'possible' : 'likely';
  if (!COMPARES.has(alone) || alone === 'type') return 'none';
  if (isCredential(leaf.parent)) return 'certain';
  if (isInQuery(leaf.parent) || alone === 'size' || alone === 'all' || alone === 'mod') return 'possible';
  return 'likely';
}

const CREDENTIAL =
  /^(?:user|user_?name|login|e?mail|pass|password|passwd|pwd|token|secret|code|otp|pin|api_?key|key|auth)$/i;
const QUERY =
  /query|filter|where|search|selector|condition|criteria|pipeline|aggregat|match|rule|segment|expression|find|audience/i;

function isCredential(parent: PlaceNode | null): boolean {
  return parent !== null && typeof parent.key === 'string' && CREDENTIAL.test(parent.key);
}

/** Whether a field above says that it takes a query. */
function isInQuery(parent: PlaceNode | null): boolean {
  // The outermost is the request's own: `query`, `body`.
  for (let node = parent; node !== null && node.parent !== null; node = node.parent) {
    if (typeof node.key === 'string' && QUERY.test(node.key)) return true;
  }
  return false;
}

/** How a text begins that goes on with a query, or is one: not with the words of a program or of writing. */
const GOES_ON = /^\s{0,8}(?:[{[,}\])$'"]|[\w.@-]{0,64}\s{0,8}['",}\]])/;

const IN_TEXT = /(?:^|[\s,{[('"])\$([a-z]{2,16})['"]?\s{0,8}:/g;

/** An operator in a text that an application pastes into a query: `', $or: [{}, {'a': 'a`. */
export function judgeOperatorInText(lower: string): { confidence: Confidence; at: number } | null {
  const bracketed = BRACKETED.exec(lower);
  if (
    bracketed !== null &&
    ALL.has(bracketed[1] ?? '') &&
    isFieldOperator(lower, bracketed.index, bracketed[0].length)
  ) {
    return { confidence: 'likely', at: bracketed.index };
  }
  let looked = 0;
  for (const found of lower.matchAll(IN_TEXT)) {
    if (++looked > 50) return null;
    const operator = found[1] ?? '';
    if (DANGEROUS.has(operator)) return { confidence: 'certain', at: found.index };
    if (COMPARES.has(operator) && operator !== 'type') {
      return { confidence: GOES_ON.test(lower) ? 'likely' : 'possible', at: found.index };
    }
  }
  return null;
}

/** `user[$ne]` and `[$ne]=1`, not an operator that somebody writes about. */
function isFieldOperator(text: string, at: number, length: number): boolean {
  const after = text[at + length] ?? '';
  return (at === 0 || /[\w\]]/.test(text[at - 1] ?? '')) && (after === '' || '=[&'.includes(after) || at === 0);
}
