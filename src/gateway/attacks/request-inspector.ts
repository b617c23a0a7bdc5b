import type { SnapshotAttackFilter } from '../../contracts/snapshot/snapshot-attack-filter.ts';
import { createInspector, type FieldHint, type InspectedRequest, type Verdict } from '../../detection/index.ts';
import { compileFieldPattern, type FieldTest } from './field-pattern.ts';

/** Judges requests of one route at a time (Unix milliseconds), by its profile, its fields and its exclusions. */
export type RequestInspector = (request: InspectedRequest, now: number) => JudgedRequest;

export type JudgedRequest = {
  readonly verdict: Verdict;
  /** Without the exclusions it would have been called an attack. */
  readonly excused: boolean;
};

export function createRequestInspector(filter: SnapshotAttackFilter): RequestInspector {
  const { profile } = filter;
  const hintFor = compileHints(filter.fields);
  if (filter.exclusions.length === 0) {
    const inspect = createInspector({ profile, hintFor });
    return (request) => ({ verdict: inspect(request), excused: false });
  }
  const exclusions = filter.exclusions.map((one) => ({ ...one, covers: compileFieldPattern(one.field) }));
  // The engine asks while it judges, and judging does not wait for anything.
  let now = 0;
  const inspect = createInspector({
    profile,
    hintFor,
    isExcluded: (kind, place) =>
      exclusions.some(
        ({ detector, expiresAt, covers }) =>
          expiresAt > now && (detector === null || detector === kind) && covers(place),
      ),
  });
  const inspectAll = createInspector({ profile, hintFor });
  return (request, time) => {
    now = time;
    const verdict = inspect(request);
    const excused = !verdict.attack && verdict.charges.some(({ excluded }) => excluded) && inspectAll(request).attack;
    return { verdict, excused };
  };
}

function compileHints(fields: SnapshotAttackFilter['fields']): (place: string) => FieldHint | null {
  const hints: { covers: FieldTest; holds: FieldHint }[] = fields.map(({ place, holds }) => ({
    covers: compileFieldPattern(place),
    holds,
  }));
  return (place) => hints.find(({ covers }) => covers(place))?.holds ?? null;
}
