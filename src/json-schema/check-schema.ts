import { safePattern } from './safe-pattern.ts';
import type { SchemaFault } from './schema-fault.ts';
import { UnsafePattern } from './unsafe-pattern.ts';

type Path = readonly (string | number)[];

const MAX_NODES = 20_000;
const MAX_DEPTH = 64;
/** Comparing every item with every other grows with the square. */
const MAX_UNIQUE_ITEMS = 500;

/** Keywords that hold one schema, a list of schemas, or schemas by name. */
const ONE = new Set([
  ...['items', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['not', 'if', 'then', 'else'],
]);
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);
/** Those that look at the same value as the schema that holds them. */
const IN_PLACE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', '$ref']);

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const REFUSED: Readonly<Record<string, string>> = {
  $id: 'A schema here has no "$id": all of it stands in one place.',
  $anchor: 'Use "$ref: #/$defs/…" instead of "$anchor".',
  $dynamicRef: 'Use "$ref: #/$defs/…" instead of "$dynamicRef".',
  $dynamicAnchor: 'Use "$ref: #/$defs/…" instead of "$dynamicAnchor".',
  $recursiveRef: 'Use "$ref: #/$defs/…" instead of "$recursiveRef".',
  $data: '"$data" is not supported: the rule would come from the request itself.',
};

/**
 * What makes a schema dangerous or impossible to serve, beyond what JSON Schema itself forbids: references outside, patterns
 * that a hostile text can make endless, comparisons that grow with the square, references in a circle.
 */
export function checkSchema(root: unknown, maxNodes = MAX_NODES): SchemaFault[] {
  const faults: SchemaFault[] = [];
  let nodes = 0;
  const edges = new Map<string, { to: string; path: Path }[]>();
  walk(root, []);
  if (nodes > maxNodes) faults.push({ path: [], message: `A schema has at most ${maxNodes} parts.` });
  if (faults.length === 0) faults.push(...findCircle(edges));
  return faults;

  function walk(schema: unknown, path: Path): void {
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
    if (++nodes > maxNodes) return;
    if (path.length > MAX_DEPTH) {
      faults.push({ path, message: 'This schema is nested too deeply.' });
      return;
    }
    for (const [keyword, value] of Object.entries(schema)) {
      const at = [...path, keyword];
      const refused = REFUSED[keyword];
      if (refused !== undefined) faults.push({ path: at, message: refused });
      if (keyword === '$schema' && value !== DIALECT)
        faults.push({ path: at, message: `Leave "$schema" out or write "${DIALECT}".` });
      if (keyword === '$ref') checkRef(value, path, at);
      if (keyword === 'pattern') checkPattern(value, at);
      if (keyword === 'patternProperties' && isObject(value)) {
        for (const pattern of Object.keys(value)) checkPattern(pattern, [...at, pattern]);
      }
      if (keyword === 'uniqueItems' && value === true) checkUnique(schema as Record<string, unknown>, at);
      if (ONE.has(keyword)) descend(keyword, value, path, at);
      else if (LIST.has(keyword) && Array.isArray(value)) {
        for (const [index, item] of value.entries()) descend(keyword, item, path, [...at, index]);
      } else if (NAMED.has(keyword) && isObject(value)) {
        for (const [name, item] of Object.entries(value)) descend(keyword, item, path, [...at, name]);
      }
    }
  }

  function descend(keyword: string, value: unknown, from: Path, at: Path): void {
    if (IN_PLACE.has(keyword)) addEdge(from, pointerOf(at), at);
    walk(value, at);
  }

  function checkRef(value: unknown, from: Path, at: Path): void {
    if (typeof value !== 'string' || !/^#(\/|$)/.test(value)) {
      faults.push({ path: at, message: 'A "$ref" stays within the schema: write "#/$defs/…".' });
    } else addEdge(from, value, at);
  }

  function addEdge(from: Path, to: string, path: Path): void {
    const key = pointerOf(from);
    const known = edges.get(key);
    if (known === undefined) edges.set(key, [{ to, path }]);
    else known.push({ to, path });
  }

  function checkPattern(value: unknown, path: Path): void {
    if (typeof value !== 'string') return;
    try {
      safePattern(value);
    } catch (error) {
      if (!(error instanceof UnsafePattern)) throw error;
      faults.push({ path, message: `This pattern ${error.message}.` });
    }
  }

  function checkUnique(schema: Record<string, unknown>, path: Path): void {
    const items = schema.items;
    const type = isObject(items) ? items.type : undefined;
    // These are compared by a table.
    if (type === 'string' || type === 'number' || type === 'integer' || type === 'boolean') return;
    if (typeof schema.maxItems === 'number' && schema.maxItems <= MAX_UNIQUE_ITEMS) return;
    faults.push({ path, message: `"uniqueItems" needs "maxItems" of at most ${MAX_UNIQUE_ITEMS} beside it.` });
  }
}

/** A schema that comes back to itself without having gone one step into the value would never end. */
function findCircle(edges: ReadonlyMap<string, readonly { to: string; path: Path }[]>): SchemaFault[] {
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (key: string): Path | null => {
    if (done.has(key)) return null;
    open.add(key);
    for (const { to, path } of edges.get(key) ?? []) {
      const found = open.has(to) ? path : visit(to);
      if (found !== null) return found;
    }
    open.delete(key);
    done.add(key);
    return null;
  };
  for (const key of edges.keys()) {
    const path = visit(key);
    if (path !== null) return [{ path, message: 'This schema refers to itself without end.' }];
  }
  return [];
}

/** RFC 6901, as `$ref` writes it. */
function pointerOf(path: Path): string {
  return path.reduce<string>(
    (pointer, step) => `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    '#',
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
