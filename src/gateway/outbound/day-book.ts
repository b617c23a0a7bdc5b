import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';

const Used = z.strictObject({ calls: z.int(), spent: z.record(z.string(), z.number()) });
const Page = z.strictObject({ day: z.iso.date(), vendors: z.record(z.string(), Used) });
type Page = z.infer<typeof Page>;

/** Money counted for one call. `currency` is empty where the vendor knows one only. */
export type Booking = { readonly day: string; readonly currency: string; readonly amount: number };

export type DayLimits = { readonly calls: number | null; readonly most: Readonly<Record<string, number>> };

/**
 * How much was used at each vendor on this UTC day: calls, and money by currency. It is written to disk before a call goes out,
 * so that a restart, wanted or not, gives nobody a second allowance. A page that cannot be written is still counted by.
 */
export class DayBook {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #page: Page;

  constructor(dataDir: string, clock: Clock, logger: Logger) {
    this.#file = join(dataDir, 'outbound-usage.json');
    this.#clock = clock;
    this.#logger = logger;
    this.#page = this.#read();
  }

  /** Counts a call, with its money if it spends some. Says which limit is reached instead; then nothing is counted. */
  book(
    vendor: string,
    limits: DayLimits,
    spends: { currency: string; amount: number } | null,
  ): Booking | Reached | null {
    const used = this.#usedBy(vendor);
    if (limits.calls !== null && used.calls >= limits.calls) return 'calls';
    if (spends !== null) {
      const sum = exact((used.spent[spends.currency] ?? 0) + spends.amount);
      if (sum > (limits.most[spends.currency] ?? 0)) return 'money';
      used.spent[spends.currency] = sum;
    }
    used.calls += 1;
    this.#write();
    return spends === null ? null : { day: this.#page.day, ...spends };
  }

  /** The vendor turned the call down: its money was not spent. The call stays counted. */
  giveBack(vendor: string, { day, currency, amount }: Booking): void {
    const used = this.#usedBy(vendor);
    if (day !== this.#page.day) return;
    used.spent[currency] = Math.max(0, exact((used.spent[currency] ?? 0) - amount));
    this.#write();
  }

  /** Until when nothing more is let through: whole seconds to the next UTC day. */
  secondsLeft(): number {
    return Math.max(1, Math.ceil((DAY_MS - (this.#clock.now() % DAY_MS)) / 1000));
  }

  #usedBy(vendor: string): Page['vendors'][string] {
    const now = this.#clock.now();
    // A clock that was set back a little must not give the day's allowance again.
    if (this.#page.day !== dayOf(now) && this.#page.day !== dayOf(now + DAY_MS)) {
      this.#page = { day: dayOf(now), vendors: {} };
    }
    const used = Object.hasOwn(this.#page.vendors, vendor) ? this.#page.vendors[vendor] : undefined;
    if (used !== undefined) return used;
    const fresh = { calls: 0, spent: {} };
    this.#page.vendors[vendor] = fresh;
    return fresh;
  }

  #read(): Page {
    const fresh = { day: dayOf(this.#clock.now()), vendors: {} };
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#logger.error(
          { error: String(error) },
          'what was used at vendors today cannot be read and begins at nothing',
        );
      }
      return fresh;
    }
    try {
      return Page.parse(JSON.parse(text));
    } catch {
      this.#logger.error({ file: this.#file }, 'what was used at vendors today is damaged and begins at nothing');
      return fresh;
    }
  }

  #write(): void {
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#page), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'what was used at vendors today could not be kept on disk');
    }
  }
}

/** Which limit of the day is reached. */
export type Reached = 'calls' | 'money';

const DAY_MS = 86_400_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
/** Amounts have six decimals at most; sums of binary fractions drift. */
const exact = (sum: number): number => Math.round(sum * 1e6) / 1e6;
