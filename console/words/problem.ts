import type { i18n } from 'i18next';
import { ApiProblem } from '../api/request.ts';

export type ProblemWords = { text: string; next: string | null; faults: { place: string; message: string }[] };

/** Our own words where the catalog has them for this code, else the server's plain sentence. */
export function problemInWords(i18n: i18n, error: unknown): ProblemWords {
  const { t: say } = i18n;
  if (!(error instanceof ApiProblem)) return { text: say('problems.unforeseen'), next: null, faults: [] };
  const { code, detail, next, faults } = error.problem;
  const known = `problems.codes.${code}`;
  if (i18n.exists(known)) return { text: say(known), next: null, faults: faults ?? [] };
  return { text: detail, next: next ?? null, faults: faults ?? [] };
}
