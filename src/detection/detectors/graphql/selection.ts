import { GUESSED_FIELD } from './limits.ts';

/** Names that every list of a Relay-like schema has on the way down, and those that introspection repeats. */
const EVERYWHERE = /^(?:edges|nodes?|items|data|results|ofType|type|fields|interfaces|possibleTypes)$/;

type Count = { plain: number; aliased: number };

/** One `{ … }` of fields while it is open. */
export class Selection {
  readonly #counts = new Map<string, Count>();
  /** The field that was read last: the one that a selection in braces would belong to. */
  #last = '';
  #fields = 0;
  #bare = 0;
  #page = 1;
  /** How often the field that this belongs to stands on the way down here. */
  readonly recurrence: number;
  readonly introspectionDepth: number;
  /** The page sizes on the way down, multiplied. */
  readonly pages: number;
  readonly #way: Way | null;

  constructor(parent: Selection | null) {
    const name = parent?.enter() ?? '';
    this.pages = parent === null ? 1 : Math.min(1e18, parent.pages * parent.takePage());
    const isCounted = name !== '' && !EVERYWHERE.test(name);
    // The names on the way are kept as a chain, each with its count, looked for not deeper than any honest query goes.
    const before = parent === null ? null : parent.#way;
    this.recurrence = isCounted ? occurrences(before, name) + 1 : 0;
    this.#way = name === '' ? before : { name, next: before };
    this.introspectionDepth =
      (parent?.introspectionDepth ?? 0) + (name === 'fields' || name === 'possibleTypes' ? 1 : 0);
  }

  field(name: string): void {
    this.#fields++;
    this.#bare++;
    this.#last = name;
    this.#page = 1;
    this.#count(name).plain++;
  }

  /** What was taken for a field was another name for this one. */
  isAliasOf(name: string): void {
    const wrong = this.#count(this.#last);
    wrong.plain--;
    this.#last = name;
    this.#count(name).aliased++;
  }

  spread(): void {
    this.#last = '';
  }

  argument(): void {
    this.#bare = Math.max(0, this.#bare - 1);
  }

  page(size: number): void {
    this.#page = Math.max(1, size);
  }

  takePage(): number {
    const page = this.#page;
    this.#page = 1;
    return page;
  }

  /** A selection of the last field begins. */
  enter(): string {
    this.#bare = Math.max(0, this.#bare - 1);
    return this.#last;
  }

  sizes() {
    let aliases = 0;
    let guesses = 0;
    let repeats = 0;
    for (const [name, { plain, aliased }] of this.#counts) {
      aliases = Math.max(aliases, aliased);
      repeats = Math.max(repeats, plain);
      if (aliased > guesses && GUESSED_FIELD.test(name)) guesses = aliased;
    }
    return { fields: this.#fields, aliases, guesses, repeats, probes: this.#bare };
  }

  #count(name: string): Count {
    let count = this.#counts.get(name);
    if (count === undefined) {
      count = { plain: 0, aliased: 0 };
      this.#counts.set(name, count);
    }
    return count;
  }
}

type Way = { readonly name: string; readonly next: Way | null };

const MOST_STEPS = 40;

function occurrences(way: Way | null, name: string): number {
  let count = 0;
  let steps = 0;
  for (let step = way; step !== null && steps < MOST_STEPS; step = step.next, steps++) if (step.name === name) count++;
  return count;
}
