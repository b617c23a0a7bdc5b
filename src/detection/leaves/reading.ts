import type { LeafVisitor, PlaceNode, Skimmer } from '../leaf.ts';
import type { Oddity, OddityKind } from './parsed-request.ts';

/** What the readers of one request share. */
export class Reading {
  readonly visit: LeafVisitor;
  readonly skim: Skimmer;
  readonly oddities: Oddity[] = [];
  readonly #counts = new Map<OddityKind, number>();
  readonly graphql: { place: string; text: string }[] = [];

  constructor(visit: LeafVisitor, skim: Skimmer = NEVER) {
    this.visit = visit;
    this.skim = skim;
  }

  note(kind: OddityKind, place: string, excerpt = ''): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    if (count > MOST_OF_A_KIND) return;
    this.#counts.set(kind, count);
    this.oddities.push({ kind, place, excerpt: excerpt.slice(0, 80) });
  }
}

const NEVER: Skimmer = () => false;

/** Of each kind, so that many harmless ones do not hide another. */
const MOST_OF_A_KIND = 5;

export function root(name: string): PlaceNode {
  return { parent: null, key: name };
}
