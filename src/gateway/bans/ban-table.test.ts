import { expect, it } from 'vitest';
import { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { createCounterMemory } from '../../storage/counters/counter-memory.ts';
import { createSharedCounters } from '../../storage/counters/shared-counters.ts';
import type { Exchange } from '../exchange.ts';
import { type BanChange, BanTable } from './ban-table.ts';

const snapshot = GatewaySnapshot.parse({
  format: 1,
  revision: 1,
  server: {
    listen: [],
    hostnames: [],
    trustedProxies: [],
    identityHeaders: { consumer: 'C', scopes: 'S', route: 'R' },
    limits: { bodyBytes: 1, headersBytes: 1, headerTimeoutMs: 1, idleTimeoutMs: 1, connectionsPerAddress: 1 },
  },
  services: [],
  routes: [],
  consumers: [],
  keys: [],
  lock: null,
  bans: { mode: 'enforce', attempts: 3, windowMs: 60_000, unknownPaths: 5 },
});

const MINUTE = 60_000;

/** A guess at `minutes` after the beginning. The fields that a ban looks at. */
const guess = (minutes: number, group = '203.0.113.7') =>
  ({
    peer: { address: group, group, trusted: false },
    code: 'key-invalid',
    caller: null,
    spoken: [],
    started: performance.now() + minutes * MINUTE,
    time: minutes * MINUTE,
  }) as unknown as Exchange;

function table() {
  const changes: BanChange[] = [];
  const counters = createSharedCounters(createCounterMemory({ capacity: 64 }));
  const bans = new BanTable(counters, (change) => changes.push(change));
  bans.follow(snapshot);
  const lengths = () => changes.flatMap((change) => ('ban' in change ? [change.ban.reason.split(' ')[3]] : []));
  return { bans, changes, lengths };
}

it('keeps out for one minute, then five, then fifteen and never longer', () => {
  const { bans, lengths } = table();
  for (let minute = 0; minute < 50; minute += 0.01) bans.observe(guess(minute));
  expect(lengths()).toEqual(['1', '5', '15', '15', '15']);
});

it('never keeps out an address from which an owner signed in lately, until a day has passed', () => {
  const [one, other] = [table(), table()];
  const until = 24 * 60 * MINUTE;
  for (let i = 0; i < 4; i++) one.bans.observe(guess(0));
  expect(one.bans.list()).toHaveLength(1);
  one.bans.spare([
    { address: '203.0.113.7', until },
    { address: '2001:db8::1', until },
    { address: 'unknown', until },
  ]);
  expect(one.bans.list()).toEqual([]);
  for (const change of one.changes) other.bans.accept(change, 0);
  for (const { bans } of [one, other]) {
    for (const group of ['203.0.113.7', '2001:db8:0:0::/64', '203.0.113.8']) {
      for (let i = 0; i < 4; i++) bans.observe(guess(1, group));
    }
    expect(bans.list().map(({ address }) => address)).toEqual(['203.0.113.8']);
    for (let i = 0; i < 8; i++) bans.observe(guess(24 * 60 + 1));
    expect(bans.list().map(({ address }) => address)).toContain('203.0.113.7');
  }
});

it('what one thread decides, the others know', () => {
  const [one, other] = [table(), table()];
  for (let i = 0; i < 4; i++) one.bans.observe(guess(0));
  for (const change of one.changes) other.bans.accept(change, 0);
  expect(other.bans.list()).toEqual(one.bans.list());
  expect(other.bans.lift('203.0.113.7')).toBe(true);
  for (const change of other.changes) one.bans.accept(change, 0);
  expect(one.bans.list()).toEqual([]);
  expect(one.bans.lift('203.0.113.7')).toBe(false);
});

it('remembers ten thousand addresses at most', () => {
  const { bans } = table();
  for (let i = 0; i < 10_100; i++) {
    const ban = { address: `10.0.${i >> 8}.${i & 255}`, level: 1, until: 60_000, reason: 'x' };
    bans.accept({ ban }, 0);
  }
  expect(bans.size).toBe(10_000);
});
