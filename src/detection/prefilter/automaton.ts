/**
 * All detectors' literals in one automaton (Aho and Corasick, 1975), so that one pass over a text tells whom it may concern,
 * however many literals there are. Letters count without their case.
 */
export type Automaton = {
  /** The column of a UTF-16 code unit in `next`; 0 for whatever no literal holds. */
  readonly columns: Uint8Array;
  readonly width: number;
  /** The state after a state and a column: `next[state * width + column]`. */
  readonly next: Int32Array;
  /** Whom the literals concern that end in a state, as bits. */
  readonly bits: Int32Array;
};

/** @param literals lower-case ASCII texts, each with the bits of those whom it concerns */
export function buildAutomaton(literals: ReadonlyMap<string, number>): Automaton {
  const columns = new Uint8Array(128);
  let width = 1;
  for (const literal of literals.keys()) {
    for (let i = 0; i < literal.length; i++) {
      const code = literal.charCodeAt(i);
      if (code > 127 || literal[i] !== literal[i]?.toLowerCase()) throw new Error(`no lower-case ASCII: ${literal}`);
      if (columns[code] === 0) columns[code] = width++;
    }
  }
  for (let code = 0x61; code <= 0x7a; code++) columns[code - 0x20] = columns[code] ?? 0;
  const most = [...literals.keys()].reduce((sum, literal) => sum + literal.length, 1);
  const next = new Int32Array(most * width);
  const bits = new Int32Array(most);
  let states = 1;
  for (const [literal, bit] of literals) {
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const at = state * width + (columns[literal.charCodeAt(i)] ?? 0);
      if (next[at] === 0) next[at] = states++;
      state = next[at] ?? 0;
    }
    bits[state] = (bits[state] ?? 0) | bit;
  }
  follow(next, bits, width, states);
  return { columns, width, next: next.slice(0, states * width), bits: bits.slice(0, states) };
}

/** Fills in where a state goes when no literal goes on: where its longest proper suffix would. */
function follow(next: Int32Array, bits: Int32Array, width: number, states: number): void {
  const suffix = new Int32Array(states);
  const queue: number[] = [];
  for (let column = 1; column < width; column++) {
    const child = next[column] ?? 0;
    if (child !== 0) queue.push(child);
  }
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const fallback = suffix[state] ?? 0;
    bits[state] = (bits[state] ?? 0) | (bits[fallback] ?? 0);
    for (let column = 1; column < width; column++) {
      const at = state * width + column;
      const child = next[at] ?? 0;
      const other = next[fallback * width + column] ?? 0;
      if (child === 0) {
        next[at] = other;
        continue;
      }
      suffix[child] = other;
      queue.push(child);
    }
  }
}
