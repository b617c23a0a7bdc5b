/** For so long new connections from where a flood came are watched more closely. */
const MEMORY_MS = 60_000;
const MOST = 1_000;

/** From where a connection had to be closed over a flood lately: the next one from there is likely to be the next flood. */
export class LatelyFlooded {
  readonly #until = new Map<string, number>();

  add(group: string, now: number): void {
    const oldest = this.#until.keys().next();
    if (this.#until.size >= MOST && oldest.done !== true) this.#until.delete(oldest.value);
    this.#until.delete(group);
    this.#until.set(group, now + MEMORY_MS);
  }

  has(group: string, now: number): boolean {
    const until = this.#until.get(group);
    if (until === undefined) return false;
    if (until > now) return true;
    this.#until.delete(group);
    return false;
  }
}
