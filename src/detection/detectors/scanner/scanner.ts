import type { PlacedEvidence, RequestDetector } from '../../detector.ts';
import { HEADERS } from './headers.ts';

/** Headers that only scanners send; what they say in words is judged as text (`scanner-words.ts`). */
export const scanner: RequestDetector = {
  id: 'scanner',
  look({ headers }) {
    let found: PlacedEvidence[] | null = null;
    for (const [name, value] of headers) {
      const confidence = HEADERS.get(name);
      if (confidence === undefined) continue;
      found ??= [];
      found.push({ technique: 'header', confidence, place: `header.${name}`, excerpt: value.slice(0, 96) });
    }
    return found ?? NOTHING;
  },
};

const NOTHING: readonly PlacedEvidence[] = [];
