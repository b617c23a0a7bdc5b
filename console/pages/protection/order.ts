import type { Protection } from '../../../src/contracts/api/protections.ts';

/** The cards, in the order in which an owner meets them. */
export const KINDS = ['attacks', 'input', 'answers', 'guessing', 'ownership', 'rules'] as const;
export type Kind = (typeof KINDS)[number];

/** The parts of a card: those with something to tell first. A rule that protects speaks for itself. */
export function partsOf(items: readonly Protection[], kind: Kind): Protection[] {
  return items
    .filter((part) => part.kind === kind && (kind !== 'rules' || part.mode !== 'enforce'))
    .sort((a, b) => b.would - a.would || b.stopped - a.stopped);
}
