import type { RecordedCall, TurnedAway } from '../../contracts/events/recorded-call.ts';
import type { Verdict } from './judge-caller.ts';

type Place = Pick<RecordedCall, 'consumer' | 'address' | 'service'> & { route: string | null };

/** Who would have been turned away where and why, how often, and when last. Memory stays bounded. */
export class Tally {
  readonly #lines = new Map<string, TurnedAway>();
  #calls = 0;
  #beyond = 0;

  get calls(): number {
    return this.#calls;
  }

  add(place: Place, { code, detail }: Verdict, calls: number, at: number, estimated: boolean): void {
    this.#calls += calls;
    // Who is known by name may call from many addresses; where the address is the reason, it is what counts.
    const named = place.consumer === null || code === 'address-blocked';
    // Roll-ups do not know it.
    const address = named && place.address !== '' ? place.address : null;
    const key = `${place.consumer}\n${address}\n${place.service}\n${place.route}\n${code}\n${detail}`;
    const line = this.#lines.get(key);
    if (line !== undefined) {
      line.calls += calls;
      line.last = Math.max(line.last, at);
      line.estimated ||= estimated;
    } else if (this.#lines.size < MOST_LINES) {
      const { consumer, service, route } = place;
      this.#lines.set(key, { consumer, address, service, route, code, detail, calls, last: at, estimated });
    } else this.#beyond += 1;
  }

  /** Most calls first; `more` is how many lines were left off. */
  lines(): { turnedAway: TurnedAway[]; more: number } {
    const all = [...this.#lines.values()].sort((a, b) => b.calls - a.calls || b.last - a.last);
    return { turnedAway: all.slice(0, SHOWN_LINES), more: Math.max(0, all.length - SHOWN_LINES) + this.#beyond };
  }
}

const MOST_LINES = 50_000;
const SHOWN_LINES = 200;
