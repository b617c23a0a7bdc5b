import type { ParsedRequest } from '../../leaves/parsed-request.ts';

/** What is held against one header, or against the request line. */
export type Finding = { readonly technique: string; readonly confidence: number };

/** Judges one header's value; null when there is nothing to say. */
export type HeaderCheck = (value: string, request: ParsedRequest, name: string) => Finding | null;

export function finding(technique: string, confidence: number): Finding {
  return { technique, confidence };
}
