import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ShippingCursor } from './cursor.ts';
import { SpoolReader } from './reader.ts';
import { Spool, type SpoolOptions } from './spool.ts';

const logger = pino({ level: 'silent' });
let dataDir: string;
let now: number;
const open = (options: SpoolOptions = {}) => new Spool(dataDir, options, { clock: { now: () => now }, logger });
const turn = () => new Promise((resolve) => setImmediate(resolve));
const files = () => readdirSync(join(dataDir, 'spool')).sort();
const lines = () =>
  files().flatMap((file) =>
    readFileSync(join(dataDir, 'spool', file), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { seq: number; type: string; from?: number; to?: number; reason?: string }),
  );
const fill = async (spool: Spool, count: number, size = 100) => {
  for (let i = 0; i < count; i++) {
    spool.append(`"type":"request","pad":"${'x'.repeat(size)}"}`, null);
    if (i % 10 === 9) await turn();
  }
  await turn();
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'nightlatch-spool-'));
  now = Date.UTC(2026, 0, 1);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('tells a waiter only when its line is in the file', async () => {
  const spool = open();
  let seen: number[] = [];
  spool.append('"type":"request"}', {
    recorded() {
      seen = lines().map((line) => line.seq);
    },
  });
  expect(seen).toEqual([]);
  await turn();
  expect(seen).toEqual([1]);
  spool.close();
});

it('goes on with its numbers after a restart, and cuts off a torn line', async () => {
  const first = open();
  await fill(first, 3);
  first.close();
  const [file = ''] = files();
  appendFileSync(join(dataDir, 'spool', file), '{"seq":4,"type":"requ');
  const second = open();
  expect(second.isNew).toBe(false);
  await fill(second, 1);
  second.close();
  expect(lines().map((line) => line.seq)).toEqual([1, 2, 3, 4]);
});

it('keeps within its size and says what was dropped', async () => {
  const spool = open({ segmentBytes: 2_000, maxBytes: 6_000 });
  await fill(spool, 200);
  expect(spool.status().bytes).toBeLessThan(9_000);
  spool.close();
  const kept = lines();
  const first = kept.find((line) => line.type === 'request')?.seq ?? 0;
  const gaps = kept.filter((line) => line.type === 'gap');
  expect(gaps.length).toBeGreaterThan(0);
  expect(gaps.every((gap) => gap.reason === 'size-cap')).toBe(true);
  expect(kept.at(-1)?.seq).toBeGreaterThan(200);
  expect(first).toBeGreaterThan(1);
  // Numbers are never used twice and never skipped among what is left.
  expect(kept.map((line) => line.seq)).toEqual(kept.map((_, i) => (kept[0]?.seq ?? 0) + i));
});

it('drops what is too old, but not silently', async () => {
  const first = open({ segmentBytes: 1_000 });
  await fill(first, 40);
  first.close();
  const old = files();
  const longAgo = new Date(now - 40 * 86_400_000);
  for (const file of old.slice(0, 2)) utimesSync(join(dataDir, 'spool', file), longAgo, longAgo);
  for (const file of old.slice(2)) utimesSync(join(dataDir, 'spool', file), new Date(now), new Date(now));
  const second = open({ segmentBytes: 1_000, maxAgeMs: 30 * 86_400_000 });
  await fill(second, 1);
  second.close();
  expect(old.slice(0, 2).filter((file) => files().includes(file))).toEqual([]);
  const gap = lines().find((line) => line.type === 'gap');
  expect(gap).toMatchObject({ reason: 'age-cap', from: 1 });
  expect((gap?.to ?? 0) + 1).toBe(lines()[0]?.seq);
});

it('drops shipped segments without a gap', async () => {
  const spool = open({ segmentBytes: 1_000 });
  await fill(spool, 100);
  const before = files().length;
  spool.shippedThrough(90);
  expect(files().length).toBeLessThan(before);
  await fill(spool, 10);
  spool.close();
  expect(lines().filter((line) => line.type === 'gap')).toEqual([]);
});

it('goes on after what the control plane already has, and says what was lost by that', async () => {
  const spool = open();
  await fill(spool, 5);
  spool.shippedThrough(2);
  spool.skipTo(100);
  await fill(spool, 1);
  spool.close();
  expect(lines()).toMatchObject([
    { seq: 101, type: 'request' },
    { seq: 102, type: 'gap', from: 3, to: 5, reason: 'damaged' },
  ]);
});

it('is read in order and in whole lines while it is written, across segments, cuts and restarts', async () => {
  const spool = open({ segmentBytes: 1_500 });
  const cursor = new ShippingCursor(dataDir, true, 0);
  const seen: number[] = [];
  let reader = new SpoolReader(spool.folder, 700, 0);
  for (let round = 0; round < 20; round++) {
    await fill(spool, 7);
    if (round === 10) reader = new SpoolReader(spool.folder, 700, 0);
    for (let batch = await reader.read(cursor.seq); batch !== null; batch = await reader.read(cursor.seq)) {
      const text = batch.data.toString();
      expect(text.endsWith('\n')).toBe(true);
      for (const line of text.trimEnd().split('\n')) {
        const { seq } = JSON.parse(line) as { seq: number };
        if (seq > (seen.at(-1) ?? 0)) seen.push(seq);
      }
      reader.advance(batch);
      cursor.moveTo(batch.lastSeq);
      spool.shippedThrough(batch.lastSeq);
    }
  }
  spool.close();
  expect(seen).toEqual(Array.from({ length: 140 }, (_, i) => i + 1));
  expect(new ShippingCursor(dataDir, false, 0).seq).toBe(140);
});

it('begins again at the oldest line when its cursor is damaged', async () => {
  const spool = open();
  await fill(spool, 2);
  new ShippingCursor(dataDir, true, 0).moveTo(2);
  truncateSync(join(dataDir, 'cursor.json'), 3);
  expect(new ShippingCursor(dataDir, false, 0).seq).toBe(0);
  expect((await new SpoolReader(spool.folder, 4096, 0).read(0))?.lastSeq).toBe(2);
  spool.close();
});
