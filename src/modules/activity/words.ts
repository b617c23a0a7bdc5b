import type { ActivityDb } from './tables.ts';

/** Kinds of texts that repeat among calls. */
export const WORD_KINDS = [
  'service',
  'route',
  'method',
  'path',
  'code',
  'consumer',
  'key',
  'address',
  'gateway',
  'decisions',
  'policy',
  'about',
] as const;
export type WordKind = (typeof WORD_KINDS)[number];

type Known = { id: number; lastDay: number };

/**
 * Texts that repeat, kept once. `last_day` is the day (days since 1970) on which a word was last needed, so that the retention
 * job can remove those that no row uses any more.
 */
export class Words {
  readonly #ids = new Map<string, Known>();
  readonly #texts = new Map<number, string>();

  /**
   * The numbers of `texts`, made where they are new. What this learns is believed only after `commit()`, as the transaction may
   * still fail.
   */
  async resolve(
    db: ActivityDb,
    texts: ReadonlyMap<WordKind, ReadonlySet<string>>,
    day: number,
  ): Promise<{ idOf(kind: WordKind, text: string): number; commit(): void }> {
    const learnt = new Map<string, Known>();
    for (const [kind, set] of texts) {
      const stale = [...set].filter((text) => (this.#ids.get(slot(kind, text))?.lastDay ?? 0) < day);
      for (let at = 0; at < stale.length; at += AT_ONCE) {
        const rows = await db
          .insertInto('activity_words')
          .values(stale.slice(at, at + AT_ONCE).map((text) => ({ kind, text, last_day: day })))
          .onConflict((conflict) => conflict.columns(['kind', 'text']).doUpdateSet({ last_day: day }))
          .returning(['id', 'text'])
          .execute();
        for (const row of rows) learnt.set(slot(kind, row.text), { id: row.id, lastDay: day });
      }
    }
    return {
      idOf: (kind, text) => {
        const known = learnt.get(slot(kind, text)) ?? this.#ids.get(slot(kind, text));
        if (known === undefined) throw new Error(`the ${kind} was not asked for`);
        return known.id;
      },
      commit: () => {
        if (this.#ids.size > MAX_KNOWN) this.#ids.clear();
        for (const [key, known] of learnt) this.#ids.set(key, known);
      },
    };
  }

  /** The number of a text that a search asks for; null when no call has it. */
  async find(db: ActivityDb, kind: WordKind, text: string): Promise<number | null> {
    const row = await db
      .selectFrom('activity_words')
      .select('id')
      .where('kind', '=', kind)
      .where('text', '=', text)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** The texts behind numbers. */
  async texts(db: ActivityDb, ids: Iterable<number | null>): Promise<(id: number) => string> {
    const found = new Map<number, string>();
    const unknown = new Set<number>();
    for (const id of ids) {
      if (id === null || id === 0) continue;
      const text = this.#texts.get(id);
      if (text === undefined) unknown.add(id);
      else found.set(id, text);
    }
    const asked = [...unknown];
    if (this.#texts.size > MAX_KNOWN) this.#texts.clear();
    for (let at = 0; at < asked.length; at += AT_ONCE) {
      const rows = await db
        .selectFrom('activity_words')
        .select(['id', 'text'])
        .where('id', 'in', asked.slice(at, at + AT_ONCE))
        .execute();
      for (const row of rows) {
        found.set(row.id, row.text);
        this.#texts.set(row.id, row.text);
      }
    }
    return (id) => found.get(id) ?? '';
  }

  /** To be called when words were removed: their numbers may come to mean something else. */
  forget(): void {
    this.#ids.clear();
    this.#texts.clear();
  }
}

const slot = (kind: WordKind, text: string) => `${kind}\n${text}`;
const AT_ONCE = 200;
const MAX_KNOWN = 100_000;
