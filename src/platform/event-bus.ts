/**
 * In-process announcements between slices that must not import one another. `Topics` maps a topic to its payload.
 * A listener's failure is handed to `onError` and never reaches the publisher.
 */
export class EventBus<Topics extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Topics, Set<(payload: never) => void>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Returns the function that ends the subscription. */
  subscribe<T extends keyof Topics>(topic: T, listener: (payload: Topics[T]) => void): () => void {
    const set = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  publish<T extends keyof Topics>(topic: T, payload: Topics[T]): void {
    for (const listener of this.#listeners.get(topic) ?? []) {
      try {
        (listener as (payload: Topics[T]) => void)(payload);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
