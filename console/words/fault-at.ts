import { ApiProblem } from '../api/request.ts';

/** What the server says about one field, when it refused a change because of it. `place` is a part of the fault's place. */
export function faultAt(error: unknown, place: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const found = (error.problem.faults ?? []).filter((fault) => fault.place.includes(place));
  return found.length === 0 ? undefined : [...new Set(found.map(({ message }) => message))].join(' ');
}
