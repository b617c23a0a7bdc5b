import { ApiProblem } from '../api/request.ts';
import { lineOf } from './part-text.ts';

/** A fault with its line in the text; null where it is not one of the text's. */
export type LinedFault = { line: number | null; message: string; place?: string };

/** What the server found wrong, by the lines of the text that was sent as `part`. Empty when it named no places. */
export function linedFaults(error: unknown, text: string, part: string): LinedFault[] {
  if (!(error instanceof ApiProblem)) return [];
  return (error.problem.faults ?? []).map(({ place, message }) => ({
    line: lineOf(text, part, place),
    message,
    place,
  }));
}
