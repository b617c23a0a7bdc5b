import { CallerScore } from './caller-score.ts';
import type { Resource } from './resource.ts';

/** The scores of all callers on all resources: the latest {@link MOST_SCORES}. */
export class ScoreBook {
  readonly #scores = new Map<number, CallerScore>();

  get size(): number {
    return this.#scores.size;
  }

  values(): Iterable<CallerScore> {
    return this.#scores.values();
  }

  /** The score of a caller, made when it is new; it becomes the latest. */
  of(resource: Resource, caller: number): CallerScore {
    const key = resource.number * 2 ** 32 + caller;
    const found = this.#scores.get(key);
    if (found !== undefined) {
      this.#scores.delete(key);
      this.#scores.set(key, found);
      return found;
    }
    if (this.#scores.size >= MOST_SCORES) this.#forgetOldest();
    const made = new CallerScore(resource, caller);
    this.#scores.set(key, made);
    resource.callers++;
    return made;
  }

  #forgetOldest(): void {
    const [oldest] = this.#scores;
    if (oldest === undefined) return;
    const [key, { resource, caller, isMixer }] = oldest;
    this.#scores.delete(key);
    resource.callers--;
    if (isMixer) resource.mixers--;
    resource.readersOfAll.delete(caller);
  }
}

const MOST_SCORES = 20_000;
