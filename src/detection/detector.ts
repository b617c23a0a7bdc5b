import type { AttackKind } from '../contracts/detection/attack-kinds.ts';
import type { Evidence } from './evidence.ts';
import type { ParsedRequest } from './leaves/parsed-request.ts';
import type { Features } from './prefilter/features.ts';
import type { Subject } from './subject.ts';

/** Judges texts, one at a time. Pure, linear in the text's length, and never throws. */
export type TextDetector = {
  readonly id: AttackKind;
  /** Lower-case ASCII texts that make the prefilter think of this detector. */
  readonly literals: readonly string[];
  /** Whether a text may concern this detector at all. Decides what honest traffic costs, so it should seldom be true for it. */
  concerns(features: Features, hasLiteral: boolean): boolean;
  look(subject: Subject): Evidence | null;
};

/** Evidence at a place of the request that the detector names itself. */
export type PlacedEvidence = {
  readonly technique: string;
  readonly confidence: number;
  /** Such as `header.user-agent` or `body.query`. */
  readonly place: string;
  readonly excerpt: string;
};

/** Judges a request as a whole: what no single text shows. Pure, linear, and never throws. */
export type RequestDetector = {
  readonly id: AttackKind;
  look(request: ParsedRequest): readonly PlacedEvidence[];
};
