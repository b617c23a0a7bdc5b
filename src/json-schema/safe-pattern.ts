import { type Part, parsePattern } from './pattern-parts.ts';
import { UnsafePattern } from './unsafe-pattern.ts';

/** How many steps a pattern may take on one text; about ten milliseconds. */
const MAX_STEPS = 5_000_000;
const MAX_PATTERN = 1_000;

export type SafePattern = {
  readonly regExp: RegExp /** Longer texts are not looked at: they do not fit. */;
  readonly maxLength: number;
};

/**
 * A regular expression whose work is bounded whatever text it meets (CWE-1333). Accepted is what one can see to be bounded:
 * within a repeated group there is one way to read each round; choices elsewhere multiply the steps, and texts so long that
 * the steps would be too many do not fit. Throws {@link UnsafePattern}.
 */
export function safePattern(source: string, flags = 'u'): SafePattern {
  if (source.length > MAX_PATTERN) throw new UnsafePattern(`is longer than ${MAX_PATTERN} characters`);
  let regExp: RegExp;
  try {
    regExp = new RegExp(source, flags);
  } catch {
    throw new UnsafePattern('is no valid regular expression');
  }
  const parts = parsePattern(source, flags);
  const cost: Cost = { degree: 1, factor: 1 };
  // Without a "^" the search begins anew at every character.
  if (parts.some((branch) => branch[0]?.kind !== 'start')) cost.degree++;
  cost.factor *= parts.length;
  for (const branch of parts) addCost(branch, END, cost);
  const maxLength = Math.floor((MAX_STEPS / cost.factor) ** (1 / cost.degree));
  if (maxLength < 16) throw new UnsafePattern('can be read in too many ways');
  return { regExp, maxLength };
}

type Cost = { degree: number; factor: number };
/** The characters that can come next; the empty set at the end of the text. */
type Chars = Uint8Array;
const END: Chars = new Uint8Array(0);

function addCost(parts: readonly Part[], after: Chars, cost: Cost): void {
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'start' || part.kind === 'end') continue;
    const next = firstOf(parts.slice(index + 1), after);
    if (part.kind === 'group') {
      if (part.max > 1) {
        requireOneReading(part.branches, next);
        if (overlap(firstOfBranches(part.branches, END), next)) multiply(cost, part.max - part.min);
      } else {
        cost.factor *= part.branches.length + (part.min === 0 ? 1 : 0);
        for (const branch of part.branches) addCost(branch, next, cost);
      }
    } else if (part.min !== part.max && overlap(part.chars, next)) multiply(cost, part.max - part.min);
  }
}

function multiply(cost: Cost, choices: number): void {
  if (choices === Number.POSITIVE_INFINITY) cost.degree++;
  else cost.factor *= choices + 1;
}

/** Two readings of one round would double with each round. */
function requireOneReading(branches: readonly (readonly Part[])[], after: Chars): void {
  const refuse = () => {
    throw new UnsafePattern('repeats a group that can be read in several ways, which a hostile text can make endless');
  };
  const loop = union(firstOfBranches(branches, END), after);
  let seen: Chars = END;
  for (const branch of branches) {
    if (isNullable(branch)) refuse();
    const first = firstOf(branch, END);
    if (overlap(seen, first)) refuse();
    seen = union(seen, first);
    for (const [index, part] of branch.entries()) {
      if (part.kind === 'start' || part.kind === 'end') continue;
      const next = firstOf(branch.slice(index + 1), loop);
      if (part.kind === 'group') {
        if (part.max > 1 || part.min === 0) {
          if (overlap(firstOfBranches(part.branches, END), next)) refuse();
        }
        requireOneReading(part.branches, next);
      } else if (part.min !== part.max && overlap(part.chars, next)) refuse();
    }
  }
}

function isNullable(parts: readonly Part[]): boolean {
  return parts.every(
    (part) =>
      part.kind === 'start' ||
      part.kind === 'end' ||
      part.min === 0 ||
      (part.kind === 'group' && part.branches.some(isNullable)),
  );
}

function firstOf(parts: readonly Part[], after: Chars): Chars {
  let first: Chars = END;
  for (const part of parts) {
    if (part.kind === 'start') continue;
    if (part.kind === 'end') return first;
    first = union(first, part.kind === 'group' ? firstOfBranches(part.branches, END) : part.chars);
    if (part.min > 0 && !(part.kind === 'group' && part.branches.some(isNullable))) return first;
  }
  return union(first, after);
}

function firstOfBranches(branches: readonly (readonly Part[])[], after: Chars): Chars {
  return branches.map((branch) => firstOf(branch, after)).reduce(union, END);
}

function union(a: Chars, b: Chars): Chars {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const both = Uint8Array.from(a);
  for (let i = 0; i < b.length; i++) if (b[i] === 1) both[i] = 1;
  return both;
}

function overlap(a: Chars, b: Chars): boolean {
  if (a.length === 0 || b.length === 0) return false;
  return a.some((has, i) => has === 1 && b[i] === 1);
}
