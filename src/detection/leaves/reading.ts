import type { LeafVisitor, PlaceNode } from '../leaf.ts';
import type { Oddity, OddityKind } from './parsed-request.ts';

/** What the readers of one request share. */
export class Reading {
  readonly visit: LeafVisitor;
  readonly oddities: Oddity[] = [];
  readonly graphql: { place: string; text: string }[] = [];

  constructor(visit: LeafVisitor) {
    this.visit = visit;
  }

  note(kind: OddityKind, place: string, excerpt = ''): void {
    if (this.oddities.length < MOST_ODDITIES) this.oddities.push({ kind, place, excerpt: excerpt.slice(0, 80) });
  }
}

const MOST_ODDITIES = 50;

export function root(name: string): PlaceNode {
  return { parent: null, key: name };
}
