import { GraphqlTokens, TOKEN } from '../../leaves/graphql-tokens.ts';
import { Selection } from './selection.ts';

/** What a document shows that is worth a limit: sizes of its largest parts. */
export type Shape = {
  depth: number;
  argumentDepth: number;
  fields: number;
  tokens: number;
  ignored: number;
  aliases: number;
  aliasedMutation: number;
  guesses: number;
  repeats: number;
  directives: number;
  operations: number;
  variables: number;
  recurrence: number;
  probes: number;
  pageSize: number;
  nestedPages: number;
  isMutation: boolean;
  introspects: boolean;
  /** `fields { type { fields { type …`, which reads the schema in circles. */
  introspectionDepth: number;
};

/** A fragment or an operation: what it holds itself, and which fragments it asks for. */
export type Definition = {
  readonly name: string;
  fields: number;
  depth: number;
  readonly spreads: { readonly name: string; readonly depth: number }[];
};

export type Document = {
  readonly shape: Shape;
  readonly operations: Definition[];
  readonly fragments: Map<string, Definition>;
};

const PAGE_SIZE = /^(?:first|last|limit|take|top|pageSize|page_size|perPage|per_page|size|count)$/;

/** Walks through a document once, whatever its nesting, and measures it. What is broken in it is passed over. */
export function readDocument(text: string): Document {
  return new Walk(text).run();
}

class Walk {
  readonly #tokens: GraphqlTokens;
  readonly #shape: Shape = emptyShape();
  readonly #operations: Definition[] = [];
  readonly #fragments = new Map<string, Definition>();
  readonly #open: Selection[] = [];
  #definition: Definition = { name: '', fields: 0, depth: 0, spreads: [] };
  #kind = '';
  /** Open brackets of an argument list, a list or an object value. */
  #brackets = 0;
  #directives = 0;
  /** The name that was read last, and whether it may be an alias or a field. */
  #word = '';
  #before = '';
  #afterColon = false;

  constructor(text: string) {
    this.#tokens = new GraphqlTokens(text);
  }

  run(): Document {
    const tokens = this.#tokens;
    const shape = this.#shape;
    while (tokens.next()) {
      shape.tokens++;
      if (tokens.kind === TOKEN.name) this.#name(tokens.word);
      else if (tokens.kind === TOKEN.spread) this.#spread();
      else if (tokens.kind === TOKEN.number) this.#number(Number(tokens.word));
      else if (tokens.kind === TOKEN.mark) this.#mark(tokens.code);
    }
    while (this.#open.length > 0) this.#close();
    // Four ignored characters for each token are indentation.
    shape.ignored = Math.max(0, tokens.ignored - 12 * shape.tokens);
    return { shape, operations: this.#operations, fragments: this.#fragments };
  }

  #name(word: string): void {
    this.#before = this.#word;
    this.#word = word;
    if (this.#brackets > 0 || this.#before === '@' || this.#before === '$') return;
    const top = this.#open.at(-1);
    if (top === undefined) this.#head(word);
    else if (this.#afterColon) top.isAliasOf(word);
    else top.field(word);
    if (top !== undefined) {
      this.#afterColon = false;
      this.#directives = 0;
      if (word === '__schema' || word === '__type') this.#shape.introspects = true;
    }
  }

  /** A word outside all braces: what kind of definition begins, and its name. */
  #head(word: string): void {
    if (this.#kind === '' && /^(?:query|mutation|subscription|fragment)$/.test(word)) {
      this.#kind = word;
      this.#define('');
    } else if (this.#definition.name === '' && word !== 'on') this.#define(word);
  }

  #define(name: string): void {
    this.#definition = { name, fields: 0, depth: 0, spreads: [] };
  }

  #spread(): void {
    const tokens = this.#tokens;
    this.#open.at(-1)?.spread();
    const ahead = SPREAD_NAME.exec(tokens.text.slice(tokens.end, tokens.end + 200));
    if (ahead?.[1] === undefined) return;
    // The type that a part of a selection is for is no field.
    if (ahead[1] === 'on') tokens.end += ahead[0].length;
    else {
      tokens.end += ahead[0].length - (ahead[2] ?? '').length;
      this.#definition.spreads.push({ name: ahead[1], depth: this.#open.length });
    }
  }

  #number(value: number): void {
    if (this.#brackets !== 1 || !PAGE_SIZE.test(this.#word)) return;
    this.#shape.pageSize = Math.max(this.#shape.pageSize, value);
    this.#open.at(-1)?.page(value);
  }

  #mark(code: number): void {
    const mark = String.fromCharCode(code);
    if (mark === '{' && this.#brackets === 0) this.#enter();
    else if (mark === '}' && this.#brackets === 0) this.#close();
    else if (mark === '(' || mark === '[' || mark === '{') {
      if (mark === '(' && this.#brackets === 0) this.#open.at(-1)?.argument();
      this.#brackets++;
      this.#shape.argumentDepth = Math.max(this.#shape.argumentDepth, this.#brackets);
    } else if (mark === ')' || mark === ']' || mark === '}') this.#brackets = Math.max(0, this.#brackets - 1);
    else if (mark === ':') this.#afterColon = this.#brackets === 0;
    else if (mark === '@') this.#shape.directives = Math.max(this.#shape.directives, ++this.#directives);
    else if (mark === '$' && this.#open.length === 0) this.#shape.variables++;
    if (mark === '@' || mark === '$') this.#word = mark;
    else if (mark === '{') this.#directives = 0;
  }

  #enter(): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#begin();
    const selection = new Selection(parent ?? null);
    this.#open.push(selection);
    this.#definition.depth = Math.max(this.#definition.depth, this.#open.length);
    this.#shape.depth = Math.max(this.#shape.depth, this.#open.length);
    this.#shape.recurrence = Math.max(this.#shape.recurrence, selection.recurrence);
    this.#shape.introspectionDepth = Math.max(this.#shape.introspectionDepth, selection.introspectionDepth);
    this.#shape.nestedPages = Math.max(this.#shape.nestedPages, selection.pages);
  }

  #begin(): void {
    if (this.#kind === '') this.#define('');
    if (this.#kind === 'mutation') this.#shape.isMutation = true;
    if (this.#kind === 'fragment') this.#fragments.set(this.#definition.name, this.#definition);
    else {
      this.#operations.push(this.#definition);
      this.#shape.operations++;
    }
  }

  #close(): void {
    const selection = this.#open.pop();
    if (selection === undefined) return;
    const shape = this.#shape;
    const { fields, aliases, guesses, repeats, probes } = selection.sizes();
    const isRoot = this.#open.length === 0;
    this.#definition.fields += fields;
    shape.fields += fields;
    shape.aliases = Math.max(shape.aliases, aliases);
    shape.guesses = Math.max(shape.guesses, guesses);
    shape.repeats = Math.max(shape.repeats, repeats);
    if (isRoot && this.#kind === 'mutation') shape.aliasedMutation = Math.max(shape.aliasedMutation, aliases);
    if (isRoot && this.#kind !== 'fragment') shape.probes = Math.max(shape.probes, probes);
    if (isRoot) this.#kind = '';
    this.#directives = 0;
    this.#word = '';
  }
}

const SPREAD_NAME = /^[\s,]*([A-Za-z_]\w*)([\s,]+[A-Za-z_]\w*)?/;

function emptyShape(): Shape {
  return {
    depth: 0,
    argumentDepth: 0,
    fields: 0,
    tokens: 0,
    ignored: 0,
    aliases: 0,
    aliasedMutation: 0,
    guesses: 0,
    repeats: 0,
    directives: 0,
    operations: 0,
    variables: 0,
    recurrence: 0,
    probes: 0,
    pageSize: 0,
    nestedPages: 1,
    isMutation: false,
    introspects: false,
    introspectionDepth: 0,
  };
}
