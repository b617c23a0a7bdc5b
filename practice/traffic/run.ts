import { setTimeout as sleep } from 'node:timers/promises';
import { PRACTICE_PASSWORD } from '../passwords.ts';
import { ATTACKS } from './attacks.ts';
import { Caller, type Tally } from './caller.ts';
import { Dice } from './dice.ts';
import { Visitors } from './visitors.ts';

export interface TrafficOptions {
  /** `http://127.0.0.1:PORT` (or localhost, or [::1]): the gateway, or the shop itself. */
  base: string;
  /** Sent as `X-API-Key` by the honest visitors. */
  key?: string | undefined;
  /** A second key that may do less; with `attacks` it is tried where it should not fit. */
  key2?: string | undefined;
  /** Requests a second, 3 unless told; at most 200. */
  rate?: number | undefined;
  /** How long, in seconds; 0 or left out: until `signal`. */
  seconds?: number | undefined;
  /** The customers' password; the seed's own unless told. */
  password?: string | undefined;
  attacks?: boolean | undefined;
  /** Told when an attack begins. */
  onAttack?: ((name: string) => void) | undefined;
}

const FIRST_ATTACK_MS = 4000;
const BETWEEN_ATTACKS_MS = 9000;

/** A pause that lets `rate` requests a second through. */
function pacer(rate: number, signal: AbortSignal): () => Promise<void> {
  let next = performance.now();
  return async () => {
    const now = performance.now();
    next = Math.max(next + 1000 / rate, now);
    signal.throwIfAborted();
    await sleep(next - now, undefined, { signal });
  };
}

/**
 * Plays customers, and with `attacks` also small attacks, until the time is over or `signal` fires.
 * @throws Error when `base` is not on this computer or `rate` or `seconds` makes no sense.
 */
export async function runTraffic(options: TrafficOptions, signal?: AbortSignal): Promise<Tally> {
  const { base, key, key2, rate = 3, seconds = 0, password = PRACTICE_PASSWORD } = options;
  if (!(rate > 0 && rate <= 200)) throw new Error('The rate must be above 0 and at most 200 requests a second.');
  if (!(seconds >= 0 && seconds <= 2_000_000)) throw new Error('The seconds must be from 0 to 2000000.');
  const ends = [...(signal ? [signal] : []), ...(seconds > 0 ? [AbortSignal.timeout(seconds * 1000)] : [])];
  const end = AbortSignal.any(ends);
  const caller = new Caller(base, key, pacer(rate, end), end);
  const dice = new Dice();
  const visitors = new Visitors(caller, dice, password);

  let nextAttack = performance.now() + FIRST_ATTACK_MS;
  let attacksDone = 0;
  try {
    for (;;) {
      end.throwIfAborted();
      await visitors.step();
      const attack = ATTACKS[attacksDone % ATTACKS.length];
      if (!options.attacks || !attack || performance.now() < nextAttack) continue;
      options.onAttack?.(attack.name);
      await attack.run(caller, dice, key2);
      attacksDone += 1;
      nextAttack = performance.now() + BETWEEN_ATTACKS_MS;
    }
  } catch (error) {
    if (!end.aborted) throw error;
  }
  return caller.tally;
}
