import { CONFIDENCE } from '../../evidence.ts';

/** What a rule has found, without its place. */
export type Finding = { readonly technique: string; readonly confidence: number };

export function certain(technique: string): Finding {
  return { technique, confidence: CONFIDENCE.certain };
}

export function likely(technique: string): Finding {
  return { technique, confidence: CONFIDENCE.likely };
}

export function possible(technique: string): Finding {
  return { technique, confidence: CONFIDENCE.possible };
}

export function stronger(one: Finding | null, other: Finding | null): Finding | null {
  if (one === null || other === null) return one ?? other;
  return other.confidence > one.confidence ? other : one;
}
