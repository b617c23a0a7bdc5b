import { type PlaceNode, placeOf } from '../leaf.ts';
import { isGraphql, readGraphql } from './read-graphql.ts';
import type { Reading } from './reading.ts';

/** As deep as Node's own reader would rather not go, far beyond what applications send. */
const MOST_DEPTH = 200;
const FEW_NAMES = 12;

/**
 * Reads JSON (RFC 8259) and visits its texts without building it. It goes on where other readers do, too: comments, single quotes,
 * names without quotes, commas too many. A name that stands twice in an object is noted, and both of its values are visited.
 *
 * @returns whether it was JSON to the letter
 */
export function readJson(reading: Reading, text: string, parent: PlaceNode | null, key: string | number): boolean {
  const reader = new JsonReader(reading, text);
  reader.value(parent, key, 0);
  reader.space(parent, key);
  // What follows is another value to some readers, and nothing to others.
  while (reader.at < text.length) {
    reader.strict = false;
    reader.more(parent, key);
  }
  if (!reader.strict) reading.note('json-broken', placeOf(parent, key), text.slice(0, 80));
  return reader.strict;
}

class JsonReader {
  readonly #reading: Reading;
  readonly #text: string;
  readonly #hasEscapes: boolean;
  at = 0;
  strict = true;

  constructor(reading: Reading, text: string) {
    this.#reading = reading;
    this.#text = text;
    this.#hasEscapes = text.includes('\\');
  }

  space(parent: PlaceNode | null, key: string | number): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.at++;
      else if (code === 0x2f && this.#comment(parent, key)) this.strict = false;
      else return;
    }
  }

  /** Behind the value that was all: one more, or words up to the next. */
  more(parent: PlaceNode | null, key: string | number): void {
    const code = this.#text.charCodeAt(this.at);
    if (code === 0x7b || code === 0x5b) this.value(parent, key, 0);
    else {
      const from = this.at;
      BEHIND.lastIndex = from + 1;
      this.at = BEHIND.test(this.#text) ? BEHIND.lastIndex - 1 : this.#text.length;
      this.#visit(this.#text.slice(from, this.at).trim(), parent, key, 'value');
    }
    this.space(parent, key);
  }

  value(parent: PlaceNode | null, key: string | number, depth: number): void {
    this.space(parent, key);
    const code = this.#text.charCodeAt(this.at);
    if (depth > MOST_DEPTH) {
      this.#reading.note('json-too-deep', placeOf(parent, key));
      this.#rest(parent, key);
    } else if (code === 0x7b) this.#object({ parent, key }, depth);
    else if (code === 0x5b) this.#list({ parent, key }, depth);
    else if (code === 0x22 && !this.#hasEscapes && key !== 'query' && this.#skimmed()) return;
    else if (code === 0x22 || code === 0x27) this.#visit(this.#string(code), parent, key, 'value');
    else if (this.#number()) return;
    else this.#bare(parent, key);
  }

  #object(here: PlaceNode, depth: number): void {
    this.at++;
    const names = new Names();
    let mayEnd = true;
    let isDue = true;
    for (;;) {
      this.space(here.parent, here.key);
      const code = this.#text.charCodeAt(this.at);
      if (Number.isNaN(code)) {
        this.strict = false;
        return;
      }
      if (code === 0x7d) {
        this.at++;
        if (!mayEnd) this.strict = false;
        return;
      }
      if (code === 0x2c) {
        this.at++;
        if (isDue) this.strict = false;
        isDue = true;
        mayEnd = false;
        continue;
      }
      if (!isDue) this.strict = false;
      this.#member(here, code, names, depth);
      mayEnd = true;
      isDue = false;
    }
  }

  #member(here: PlaceNode, code: number, names: Names, depth: number): void {
    const before = this.at;
    const name = code === 0x22 || code === 0x27 ? this.#string(code) : this.#bareName();
    if (names.has(name)) this.#reading.note('json-duplicate-name', placeOf(here.parent, here.key), name);
    this.#visit(name, here, name, 'name');
    this.space(here, name);
    if (this.#text.charCodeAt(this.at) === 0x3a) {
      this.at++;
      this.value(here, name, depth + 1);
    } else this.strict = false;
    if (this.at === before) this.at++;
  }

  #list(here: PlaceNode, depth: number): void {
    this.at++;
    let mayEnd = true;
    for (let index = 0; ; index++) {
      this.space(here.parent, here.key);
      const code = this.#text.charCodeAt(this.at);
      if (Number.isNaN(code)) {
        this.strict = false;
        return;
      }
      if (code === 0x5d) {
        this.at++;
        if (!mayEnd) this.strict = false;
        return;
      }
      const before = this.at;
      if (code === 0x2c) this.strict = false;
      else this.value(here, index, depth + 1);
      this.space(here.parent, here.key);
      mayEnd = this.#text.charCodeAt(this.at) !== 0x2c;
      if (!mayEnd) this.at++;
      else if (this.#text.charCodeAt(this.at) !== 0x5d) this.strict = false;
      if (this.at === before) this.at++;
    }
  }

  /** Passes a string over that nobody would look at. */
  #skimmed(): boolean {
    const from = this.at + 1;
    const to = this.#text.indexOf('"', from);
    if (to === -1 || !this.#reading.skim(this.#text, from, to)) return false;
    this.at = to + 1;
    return true;
  }

  /** Passes a number over, as far as one stands alone before the next mark. */
  #number(): boolean {
    let to = this.at;
    if (this.#text.charCodeAt(to) === 0x2d) to++;
    const first = this.#text.charCodeAt(to);
    if (!isDigit(first)) return false;
    do to++;
    while (first !== 0x30 && isDigit(this.#text.charCodeAt(to)));
    if (this.#text.charCodeAt(to) === 0x2e && isDigit(this.#text.charCodeAt(to + 1))) {
      do to++;
      while (isDigit(this.#text.charCodeAt(to)));
    }
    const behind = this.#text.charCodeAt(to);
    if (behind !== 0x2c && behind !== 0x7d && behind !== 0x5d) return false;
    this.at = to;
    return true;
  }

  #string(quote: number): string {
    if (quote === 0x27) this.strict = false;
    const from = this.at + 1;
    let to = from;
    for (;;) {
      to = this.#text.indexOf(quote === 0x22 ? '"' : "'", to);
      if (to === -1) {
        this.strict = false;
        this.at = this.#text.length;
        return unescaped(this.#text.slice(from));
      }
      if (!this.#hasEscapes || this.#text.charCodeAt(to - 1) !== 0x5c || !isEscaped(this.#text, from, to)) break;
      to++;
    }
    const raw = this.#text.slice(from, to);
    this.at = to + 1;
    return this.#hasEscapes && raw.includes('\\') ? unescaped(raw) : raw;
  }

  /** A number, a word, or whatever else stands there up to the next mark. */
  #bare(parent: PlaceNode | null, key: string | number): void {
    BARE.lastIndex = this.at;
    const word = BARE.exec(this.#text)?.[0] ?? '';
    this.at += word.length;
    const trimmed = word.trim();
    if (PLAIN.test(trimmed)) return;
    this.strict = false;
    this.#visit(trimmed, parent, key, 'value');
  }

  #bareName(): string {
    this.strict = false;
    BARE_NAME.lastIndex = this.at;
    const name = BARE_NAME.exec(this.#text)?.[0] ?? '';
    this.at += name.length;
    return name.trim();
  }

  #rest(parent: PlaceNode | null, key: string | number): void {
    this.#visit(this.#text.slice(this.at), parent, key, 'value');
    this.at = this.#text.length;
  }

  #visit(text: string, parent: PlaceNode | null, key: string | number, role: 'value' | 'name'): void {
    if (text === '') return;
    if (key === 'query' && role === 'value' && isGraphql(text)) {
      readGraphql(this.#reading, text, parent, key);
    } else this.#reading.visit(text, 'json', role, parent, key);
  }

  #comment(parent: PlaceNode | null, key: string | number): boolean {
    const next = this.#text.charCodeAt(this.at + 1);
    const end = next === 0x2f ? '\n' : next === 0x2a ? '*/' : null;
    if (end === null) return false;
    const from = this.at + 2;
    const found = this.#text.indexOf(end, from);
    const to = found === -1 ? this.#text.length : found;
    this.at = found === -1 ? to : to + end.length;
    this.#visit(this.#text.slice(from, to).trim(), parent, key, 'value');
    return true;
  }
}

/** Names seen in one object. Few are compared one by one, which costs less than a table. */
class Names {
  readonly #few: string[] = [];
  #many: Map<string, true> | null = null;

  /** Whether the name was there before; it is now. */
  has(name: string): boolean {
    if (this.#many !== null) {
      if (this.#many.has(name)) return true;
      this.#many.set(name, true);
      return false;
    }
    if (this.#few.includes(name)) return true;
    this.#few.push(name);
    if (this.#few.length > FEW_NAMES) this.#many = new Map(this.#few.map((one) => [one, true]));
    return false;
  }
}

const BEHIND = /[{[]/g;
function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

const BARE = /[^,\]}]*/y;
const BARE_NAME = /[^:,}]*/y;
const PLAIN = /^(?:-?[\d.eE+-]+|true|false|null)?$/;

function isEscaped(text: string, from: number, at: number): boolean {
  let slashes = 0;
  for (let i = at - 1; i >= from && text.charCodeAt(i) === 0x5c; i--) slashes++;
  return slashes % 2 === 1;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, unit?: string, other?: string) =>
    unit === undefined ? (ESCAPES[other ?? ''] ?? other ?? '') : String.fromCharCode(Number.parseInt(unit, 16)),
  );
}
