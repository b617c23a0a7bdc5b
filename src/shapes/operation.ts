import type { Contents, OperationShape, Part } from '../contracts/drafts/shape.ts';
import { MOST_TYPES } from './limits.ts';
import { both, mergeByName } from './merge.ts';
import { mergeParts } from './part.ts';

/** What both saw of one method of one route. In any order and grouping. */
export function mergeOperations(a: OperationShape, b: OperationShape): OperationShape {
  return {
    ...{ service: a.service, route: a.route, method: a.method, path: a.path },
    open: a.open || b.open,
    seen: a.seen + b.seen,
    from: Math.min(a.from, b.from),
    until: Math.max(a.until, b.until),
    params: mergeParts(a.params, b.params),
    query: mergeParts(a.query, b.query),
    request: mergeContents(a.request, b.request),
    answers: mergeByName(a.answers, b.answers, mergeContents),
  };
}

function mergeContents(a: Contents, b: Contents): Contents {
  return { seen: a.seen + b.seen, bodies: a.bodies + b.bodies, types: mergeTypes(a.types, b.types) };
}

function mergeTypes(a: Contents['types'], b: Contents['types']): Contents['types'] {
  if (a === null || b === null) return null;
  const types = mergeByName<Part | null>(a, b, (first, second) =>
    first === null || second === null ? null : both(first, second, mergeParts),
  );
  return Object.keys(types).length > MOST_TYPES ? null : types;
}

/** Under what an operation is kept. */
export const operationKey = ({
  service,
  route,
  method,
}: Pick<OperationShape, 'service' | 'route' | 'method'>): string => `${service}\n${route}\n${method}`;

/** Operations of several sources as one list, in a fixed order. */
export function mergeLists(lists: Iterable<readonly OperationShape[]>): OperationShape[] {
  const merged = new Map<string, OperationShape>();
  for (const list of lists) {
    for (const one of list) {
      const key = operationKey(one);
      const before = merged.get(key);
      merged.set(key, before === undefined ? one : mergeOperations(before, one));
    }
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
