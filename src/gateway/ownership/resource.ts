/** What is known of one kind of object: "/orders/{}" of a service. */
export class Resource {
  readonly name: string;
  /** Stands for it in keys of a map. */
  readonly number: number;
  /** Unix milliseconds of the first request. */
  since = 0;
  /** Requests for single objects, up to what {@link MATURE_ASKS} needs. */
  asks = 0;
  /** Callers, and how many of them use what others use too. */
  callers = 0;
  mixers = 0;
  /** How many objects were seen. */
  objects = 0;
  /** First requests for an object: it had been created or listed before, or nobody had seen it. */
  known = 0;
  unknown = 0;
  /** Callers that read everybody's: what they touch says nothing about whose it is. */
  readonly readersOfAll = new Set<number>();
  /** For {@link ObjectTable}: whether a caller's dealings say whose an object is. */
  readonly counts = (caller: number): boolean => !this.readersOfAll.has(caller);

  constructor(name: string, number: number) {
    this.name = name;
    this.number = number;
  }

  /** Whether it still only learns. */
  isLearning(now: number, periodMs: number): boolean {
    return now - this.since < periodMs || this.asks < MATURE_ASKS;
  }

  /** Objects that belong to nobody in particular, such as products, or too few callers to tell. */
  get isShared(): boolean {
    return this.callers < MATURE_CALLERS || (this.mixers >= 2 && this.mixers * 3 > this.callers);
  }

  /**
   * What a request for an object that nobody has seen weighs: nothing where that is usual, up to half of one for another's where
   * callers mostly ask for what they had created or listed.
   */
  get weightOfUnseen(): number {
    const all = this.known + this.unknown;
    const share = all < MATURE_ASKS ? 0 : this.known / all;
    return share < 0.5 ? 0 : share / 2;
  }

  countFirst(known: boolean): void {
    if (known) this.known++;
    else this.unknown++;
    // Recent requests count for more.
    if (this.known + this.unknown < 2_000) return;
    this.known /= 2;
    this.unknown /= 2;
  }
}

const MATURE_ASKS = 50;
const MATURE_CALLERS = 3;
