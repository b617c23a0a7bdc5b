import { expect, test } from 'vitest';
import { ObjectTable } from './object-table.ts';

const all = () => true;

test('an object belongs to those it was seen with; one that more than four are seen with is public', () => {
  const table = new ObjectTable(16);
  const place = table.add(1, 2, 0);
  for (const caller of [10, 11, 12, 13]) table.relate(place, caller, all);
  expect([table.has(place, 11), table.has(place, 99), table.isPublic(place)]).toEqual([true, false, false]);
  table.relate(place, 14, all);
  expect(table.isPublic(place)).toBe(true);
});

test('a caller that reads everybody’s makes nothing public and gives way', () => {
  const table = new ObjectTable(16);
  const place = table.add(1, 2, 0);
  const counts = (caller: number) => caller < 100;
  for (const caller of [100, 101, 102, 103]) table.relate(place, caller, all);
  expect(table.hasOther(place, counts)).toBe(false);
  table.relate(place, 1, counts);
  expect([table.has(place, 1), table.hasOther(place, counts), table.isPublic(place)]).toEqual([true, true, false]);
});

test('memory stays as it is, whatever comes; what was not used for longest goes first', () => {
  const table = new ObjectTable(4);
  const { bytes } = table;
  for (let i = 1; i <= 10_000; i++) table.add(i, i, i);
  expect([table.bytes, table.size]).toEqual([bytes, 32]);
  expect([table.find(10_000, 10_000) !== -1, table.find(1, 1)]).toEqual([true, -1]);
});

test('what is packed comes back, and what is no packed table is refused', () => {
  const table = new ObjectTable(64);
  for (let i = 1; i <= 100; i++) table.relate(table.add(i, i * 7, i), i, all);
  table.askedFirst(table.find(5, 35));
  const again = new ObjectTable(64);
  again.unpack(table.pack());
  expect(again.size).toBe(100);
  for (let i = 1; i <= 100; i++) expect(again.has(again.find(i, i * 7), i)).toBe(true);
  expect(again.askedFirst(again.find(5, 35))).toBe(false);
  expect(() => again.unpack(Buffer.alloc(31))).toThrow(RangeError);
  expect(() => again.unpack(Buffer.alloc(1 << 20))).toThrow(RangeError);
});
