/**
 * A tree of path templates by segment. A literal segment wins over `{name}`, this over a last `/*`; where the better branch leads
 * nowhere, the next one is tried. A slash at the end makes no other path, so `/admin/*` covers `/admin` as well.
 *
 * Own code and not a router library because of size: with 10,000 routes the libraries at hand cost microseconds per look-up and
 * tens of kilobytes per route, as they compile a function for each (docs/decisions/0005).
 */
export class PathTree<Value> {
  readonly #root: Node<Value> = emptyNode();

  /** The value at a template, made by `create` when it is the first there. Templates differing in parameter names share it. */
  at(template: string, create: () => Value): Value {
    let node = this.#root;
    const segments = segmentsOf(template);
    if (segments.at(-1) === '*') {
      for (const segment of segments.slice(0, -1)) node = childFor(node, segment);
      node.rest ??= create();
      return node.rest;
    }
    for (const segment of segments) node = childFor(node, segment);
    node.value ??= create();
    return node.value;
  }

  /** The value for a path (percent-encoded or not, without query) and what its parameters and its rest are; null when none. */
  find(path: string): { value: Value; params: string[] } | null {
    const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
    const params: string[] = [];
    const value = search(this.#root, path, 1, end, path.includes('%'), params);
    return value === null ? null : { value, params };
  }
}

type Node<Value> = {
  literals: Map<string, Node<Value>> | null;
  parameter: Node<Value> | null;
  value: Value | null;
  /** What stands at `/*` below this node. */
  rest: Value | null;
};

function emptyNode<Value>(): Node<Value> {
  return { literals: null, parameter: null, value: null, rest: null };
}

function childFor<Value>(node: Node<Value>, segment: string): Node<Value> {
  if (isParameter(segment)) {
    node.parameter ??= emptyNode();
    return node.parameter;
  }
  node.literals ??= new Map();
  let child = node.literals.get(segment);
  if (child === undefined) {
    child = emptyNode();
    node.literals.set(segment, child);
  }
  return child;
}

function search<Value>(
  node: Node<Value>,
  path: string,
  start: number,
  end: number,
  encoded: boolean,
  params: string[],
): Value | null {
  if (start >= end) {
    if (node.value !== null) return node.value;
    if (node.rest !== null) params.push('');
    return node.rest;
  }
  const slash = path.indexOf('/', start);
  const stop = slash === -1 || slash > end ? end : slash;
  const raw = path.slice(start, stop);
  const segment = encoded ? decodeURIComponent(raw) : raw;
  const literal = node.literals?.get(segment);
  if (literal !== undefined) {
    const found = search(literal, path, stop + 1, end, encoded, params);
    if (found !== null) return found;
  }
  if (node.parameter !== null && segment !== '') {
    params.push(segment);
    const found = search(node.parameter, path, stop + 1, end, encoded, params);
    if (found !== null) return found;
    params.pop();
  }
  if (node.rest !== null) params.push(encoded ? decodeURIComponent(path.slice(start)) : path.slice(start));
  return node.rest;
}

function segmentsOf(template: string): string[] {
  const trimmed = template.length > 1 && template.endsWith('/') ? template.slice(1, -1) : template.slice(1);
  return trimmed === '' ? [] : trimmed.split('/');
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}
