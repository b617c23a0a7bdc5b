import type { Resource } from './resource.ts';

/** How much one caller has asked for what is not its own, of one resource. The score halves every twelve hours. */
export class CallerScore {
  readonly resource: Resource;
  readonly caller: number;
  score = 0;
  /** Unix milliseconds of the last change. */
  at = 0;
  /** Objects of others that it was given; counted up to what makes a mixer. */
  foreign = 0;
  isMixer = false;
  /** Of the last requests for what is not its own, how many followed a neighbour. */
  steps = 0;
  /** How many objects it was given without having created them. */
  given = 0;
  /** The last objects that were not its own, so that each counts once. */
  #recent: Uint32Array | null = null;
  #next = 0;

  constructor(resource: Resource, caller: number) {
    this.resource = resource;
    this.caller = caller;
  }

  /** The score as it stands now. */
  scoreAt(now: number): number {
    return this.score === 0 ? 0 : this.score * 0.5 ** (Math.max(0, now - this.at) / HALF_LIFE_MS);
  }

  add(weight: number, now: number): number {
    this.score = Math.min(this.scoreAt(now) + weight, MOST);
    this.at = now;
    if (this.score < 0.5) this.steps = 0;
    return this.score;
  }

  askedLately(tag: number): boolean {
    return this.#recent?.includes(tag) === true;
  }

  remember(tag: number): void {
    this.#recent ??= new Uint32Array(RECENT);
    this.#recent[this.#next] = tag;
    this.#next = (this.#next + 1) % RECENT;
  }

  get recent(): number[] {
    return this.#recent === null ? [] : [...this.#recent].filter((tag) => tag !== 0);
  }
}

const HALF_LIFE_MS = 12 * 3_600_000;
const RECENT = 64;
/** Somebody who stopped is not held off for ever: from here it takes less than two days. */
const MOST = 60;
