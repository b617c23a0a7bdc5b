import type { AttackKind, AttackProfile } from '../../contracts/detection/attack-kinds.ts';

/** What is held against a field, or against the request as a whole: at most one entry for each kind of attack. */
export type Charge = {
  readonly kind: AttackKind;
  readonly technique: string;
  /** 1 to 99. */
  readonly confidence: number;
  readonly place: string;
  /** A piece of the decoded text, without what could be a secret. */
  readonly excerpt: string;
  /** The encodings that were undone to see it. */
  readonly undone: readonly string[];
};

/** How sure the filter must be, 1 to 99, before it calls a field's content an attack. */
export const THRESHOLD: Readonly<Record<AttackProfile, number>> = { careful: 88, balanced: 70, strict: 40 };

/** What a field is known to hold moves its threshold, for the kinds of attack that such content resembles. */
export type FieldHint = 'code' | 'markup' | 'prose';

const RESEMBLES: Readonly<Record<FieldHint, readonly AttackKind[]>> = {
  code: ['sqli', 'nosqli', 'xss', 'shell', 'code', 'template', 'traversal', 'xpath', 'ldap', 'xml'],
  markup: ['xss', 'xml', 'template'],
  prose: ['sqli', 'shell', 'ldap', 'template', 'header-injection', 'open-redirect', 'traversal'],
};
/** Points: in a field for code nothing that resembles code stops a request by itself. */
const MORE: Readonly<Record<FieldHint, number>> = { code: 100, markup: 15, prose: 15 };

/**
 * Adds up what is held against one field: independent signs make each other likelier, 1 − ∏(1 − cᵢ). One kind counts once, by its
 * strongest evidence. 0 to 99.
 */
export function scoreOf(charges: readonly Charge[], hint: FieldHint | null): number {
  const strongest = new Map<AttackKind, number>();
  for (const { kind, confidence } of charges) {
    const less = hint !== null && RESEMBLES[hint].includes(kind) ? MORE[hint] : 0;
    const counts = Math.max(0, confidence - less);
    if (counts > (strongest.get(kind) ?? 0)) strongest.set(kind, counts);
  }
  let innocence = 1;
  for (const confidence of strongest.values()) innocence *= 1 - confidence / 100;
  return Math.min(99, Math.round((1 - innocence) * 100));
}
