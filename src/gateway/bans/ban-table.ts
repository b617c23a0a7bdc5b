import type { Mode } from '../../contracts/config/config-words.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotBans } from '../../contracts/snapshot/snapshot-limits.ts';
import type { Counters, Limiter } from '../../storage/counters/counters.ts';
import type { Exchange } from '../exchange.ts';
import { type AddressFilter, compileBlockList } from '../listener/block-list.ts';
import { groupOf } from '../listener/client-address.ts';
import { identify } from '../policies/authenticate/api-key.ts';
import { bearerOf } from '../policies/authenticate/credentials.ts';
import type { Refusal } from '../refusal.ts';
import { UnknownPaths, unknownPath } from './unknown-paths.ts';
import { wrongAttempt } from './wrong-attempt.ts';

/** One address (an IPv6 network counts as one) and how long it is kept out. `until` is Unix milliseconds. */
export type Ban = { readonly address: string; readonly level: number; readonly until: number; readonly reason: string };

/** A change that the other threads of the process have to make too. */
export type BanChange = { readonly ban: Ban } | { readonly lifted: string } | { readonly spared: readonly Spared[] };

/** An address that is not banned until a moment (Unix milliseconds). */
export type Spared = { readonly address: string; readonly until: number };

/** Minutes: the first time, the second, and from then on. */
const LENGTHS_MS = [60_000, 300_000, 900_000] as const;
/** Who has behaved for so long after a ban begins at the first length again. */
const FORGOTTEN_MS = 3_600_000;
const MOST = 10_000;

type Entry = Ban & { readonly ends: number };

/**
 * Who is kept out for a while because many wrong attempts came from there. Never who is on `blocklist.allow`, a trusted proxy or
 * this machine itself, an address from which an owner signed in lately, and never a request with a good key or a token that was found good before.
 */
export class BanTable {
  readonly #entries = new Map<string, Entry>();
  readonly #counters: Counters;
  readonly #changed: (change: BanChange) => void;
  /** How often an address was let in again: what it did before is not held against it. */
  readonly #lifts = new Map<string, number>();
  readonly #paths = new UnknownPaths();
  #rules: SnapshotBans = { mode: 'off', attempts: 1, windowMs: 1_000, unknownPaths: 1 };
  #limiter: Limiter | null = null;
  #scans: Limiter | null = null;
  #spared: AddressFilter | null = null;
  /** Where owners signed in lately, and until when that counts. */
  #owners: ReadonlyMap<string, number> = new Map();

  /** `changed` hears of what this table itself decided. */
  constructor(counters: Counters, changed: (change: BanChange) => void) {
    this.#counters = counters;
    this.#changed = changed;
  }

  /** How many are remembered: 0 spares a request every look-up. */
  get size(): number {
    return this.#entries.size;
  }

  get mode(): Mode {
    return this.#rules.mode;
  }

  follow({ bans, blocklist, server }: GatewaySnapshot): void {
    this.#rules = bans;
    this.#limiter =
      bans.mode === 'off' ? null : this.#counters.limiter('bans', { quota: bans.attempts, windowMs: bans.windowMs });
    this.#scans =
      bans.mode === 'off'
        ? null
        : this.#counters.limiter('bans-scans', { quota: bans.unknownPaths, windowMs: bans.windowMs });
    const spared = [...(blocklist?.allow ?? []), ...server.trustedProxies, '127.0.0.0/8', '::1'];
    this.#spared = compileBlockList({ deny: spared, allow: [] });
    for (const { address } of this.#entries.values())
      if (bans.mode === 'off' || this.#spares(address)) this.lift(address);
  }

  /** Refuses who is banned; in monitor mode it is noted and the request goes on. */
  judge(x: Exchange): Refusal | null {
    const entry = this.#entries.get(x.peer.group);
    if (entry === undefined || entry.ends <= x.started || this.#sparesCaller(x) || hasGoodKey(x)) return null;
    const enforce = this.#rules.mode === 'enforce';
    this.#note(x, enforce, entry.reason);
    const seconds = Math.max(1, Math.ceil((entry.ends - x.started) / 1000));
    return enforce ? { code: 'address-banned', headers: ['Retry-After', String(seconds)] } : null;
  }

  /** Looks at how a request ended, before it is recorded. */
  observe(x: Exchange): void {
    if (this.#limiter === null) return;
    const wrong = wrongAttempt(x);
    const path = wrong === null ? unknownPath(x) : null;
    if (wrong === null && path === null) return;
    if (x.peer.trusted || x.peer.address === 'unknown' || this.#sparesCaller(x)) return;
    const known = this.#entries.get(x.peer.group);
    if (known !== undefined && known.ends > x.started) return;
    if (path !== null && (hasGoodKey(x) || !this.#paths.isNew(x.peer.group, path, x.started, this.#rules.windowMs)))
      return;
    const key = `${x.peer.group} ${this.#lifts.get(x.peer.group) ?? 0}`;
    const limiter = path === null ? this.#limiter : this.#scans;
    if (limiter?.hit(key, x.started).allowed !== false) return;
    const level = Math.min((known?.level ?? 0) + 1, LENGTHS_MS.length);
    const length = LENGTHS_MS[level - 1] ?? 0;
    const after =
      path === null
        ? `more than ${this.#rules.attempts} wrong attempts, the last: ${wrong}`
        : `asking for more than ${this.#rules.unknownPaths} different paths that do not exist`;
    const reason = `kept out for ${length / 60_000} min after ${after}`;
    const ban: Ban = { address: x.peer.group, level, until: x.time + length, reason };
    this.#keep(ban, x.started + length);
    this.#note(x, this.#rules.mode === 'enforce', reason);
    this.#changed({ ban });
  }

  /** What another thread decided. */
  accept(change: BanChange, now: number): void {
    if ('spared' in change) this.#followOwners(change.spared);
    else if ('lifted' in change) this.#forget(change.lifted);
    else this.#keep(change.ban, performance.now() + change.ban.until - now);
  }

  /** Ends a ban and forgets that it was; false when there was none. Takes an address or an IPv6 network of 64 bits. */
  lift(address: string): boolean {
    const group = groupOf(address);
    if (group === null || !this.#forget(group)) return false;
    this.#changed({ lifted: group });
    return true;
  }

  /** Spares these alone from now on, besides what the configuration spares. Who of them is kept out is let in again. */
  spare(spared: readonly Spared[]): void {
    this.#followOwners(spared);
    this.#changed({ spared });
    for (const group of this.#owners.keys()) if (this.#entries.has(group)) this.lift(group);
  }

  /** The bans in force. */
  list(): Ban[] {
    const now = performance.now();
    return [...this.#entries.values()]
      .filter(({ ends }) => ends > now)
      .map(({ address, level, until, reason }) => ({ address, level, until, reason }));
  }

  /** Forgets who has behaved long enough. */
  sweep(): void {
    const now = performance.now();
    for (const [group, { ends }] of this.#entries) if (ends + FORGOTTEN_MS <= now) this.#entries.delete(group);
  }

  #forget(group: string): boolean {
    if (!this.#entries.delete(group)) return false;
    if (this.#lifts.size >= MOST) this.#lifts.clear();
    this.#lifts.set(group, (this.#lifts.get(group) ?? 0) + 1);
    return true;
  }

  #keep(ban: Ban, ends: number): void {
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= MOST && oldest.done !== true) this.#entries.delete(oldest.value);
    this.#entries.delete(ban.address);
    this.#entries.set(ban.address, { ...ban, ends });
  }

  #followOwners(spared: readonly Spared[]): void {
    this.#owners = new Map(
      spared.flatMap(({ address, until }) => {
        const group = groupOf(address);
        return group === null ? [] : [[group, until] as const];
      }),
    );
  }

  #sparesCaller({ peer, time }: Exchange): boolean {
    return (this.#owners.get(peer.group) ?? 0) > time || this.#spares(peer.address);
  }

  #spares(address: string): boolean {
    return this.#spared?.blocks(address.split('/', 1)[0] ?? '') === true;
  }

  #note(x: Exchange, enforce: boolean, detail: string): void {
    x.spoken ??= [];
    x.spoken.push({ policy: 'bans', decision: enforce ? 'deny' : 'would-deny', code: 'address-banned', detail });
  }
}

function hasGoodKey(x: Exchange): boolean {
  if (identify(x).kind === 'key') return true;
  const bearer = bearerOf(x.authorization);
  return bearer !== null && x.runtime.tokens.find(bearer, x.time) !== null;
}
