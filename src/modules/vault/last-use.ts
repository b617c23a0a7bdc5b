import type { Announcements } from '../../contracts/events/announcements.ts';
import type { EventBus } from '../../platform/event-bus.ts';
import type { Logger } from '../../platform/logger.ts';
import type { VaultDb } from './store.ts';

/** Remembers when keys were last used, as activity announces it, and writes it down every few seconds instead of at every call. */
export class LastUse {
  readonly #pending = new Map<string, number>();
  readonly #db: VaultDb;
  readonly #logger: Logger;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(db: VaultDb, bus: EventBus<Announcements>, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
    this.#unsubscribe = bus.subscribe('keys-used', (uses) => {
      for (const { key, at } of uses) this.#pending.set(key, Math.max(at, this.#pending.get(key) ?? 0));
      this.#timer ??= setTimeout(() => void this.#writeSafely(), WRITE_AFTER_MS).unref();
    });
  }

  /** The later of what is written and what is about to be. */
  of(key: string, written: number | null): number | null {
    const pending = this.#pending.get(key);
    return pending === undefined ? written : Math.max(pending, written ?? 0);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#writeSafely();
  }

  async #writeSafely(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const uses = [...this.#pending];
    if (uses.length === 0) return;
    try {
      await this.#write(uses);
      for (const [key, at] of uses) if (this.#pending.get(key) === at) this.#pending.delete(key);
    } catch (error) {
      this.#logger.error(
        { err: error },
        'the last use of keys could not be written; it is tried again with the next call',
      );
    }
  }

  async #write(uses: readonly (readonly [string, number])[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      for (const [id, at] of uses) {
        await db
          .updateTable('api_keys')
          .set({ last_used_at: at })
          .where('id', '=', id)
          .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))
          .execute();
      }
    });
  }
}

const WRITE_AFTER_MS = 2_000;
