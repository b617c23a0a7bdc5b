import type { Definition, Document } from './document.ts';

/** What a document comes to when every fragment is put in where it is asked for. */
export type Expanded = { readonly fields: number; readonly depth: number; readonly hasCycle: boolean };

const MOST = 1e15;

/** Each fragment is measured once, so that those that double one another cost no more than their length. */
export function expand({ operations, fragments }: Document): Expanded {
  const known = new Map<Definition, Expanded>();
  const under = new Map<Definition, true>();
  let hasCycle = false;

  const measure = (definition: Definition, level: number): Expanded => {
    const before = known.get(definition);
    if (before !== undefined) return before;
    if (under.has(definition)) {
      hasCycle = true;
      return NOTHING;
    }
    // A chain of so many fragments is deep enough to be judged for that.
    if (level > LONGEST_CHAIN) return { fields: 0, depth: LONGEST_CHAIN, hasCycle: false };
    under.set(definition, true);
    let { fields, depth } = definition;
    for (const spread of definition.spreads) {
      const fragment = fragments.get(spread.name);
      if (fragment === undefined) continue;
      const inner = measure(fragment, level + 1);
      fields = Math.min(MOST, fields + inner.fields);
      // The braces of a fragment are those of the selection that asks for it.
      depth = Math.max(depth, spread.depth + inner.depth - 1);
    }
    under.delete(definition);
    const expanded = { fields, depth, hasCycle: false };
    known.set(definition, expanded);
    return expanded;
  };

  let fields = 0;
  let depth = 0;
  for (const definition of [...operations, ...fragments.values()]) {
    const own = measure(definition, 0);
    fields = Math.max(fields, own.fields);
    depth = Math.max(depth, own.depth);
  }
  return { fields, depth, hasCycle };
}

const NOTHING: Expanded = { fields: 0, depth: 0, hasCycle: false };
const LONGEST_CHAIN = 200;
