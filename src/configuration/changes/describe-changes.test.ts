import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileSnapshot } from '../compile-snapshot.ts';
import { parseConfig } from '../parse-config.ts';
import { describeChanges } from './describe-changes.ts';

type Case = { name: string; change: [from: string, to: string][]; lines: string[] };
const { base, cases } = parse(readFileSync(new URL('testdata/changes.yaml', import.meta.url), 'utf8')) as {
  base: string;
  cases: Case[];
};

function snapshotOf(text: string) {
  const parsed = parseConfig(text);
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  return compileSnapshot(parsed.config, { revision: 1, lock: null });
}

describe('what is different, in plain lines', () => {
  test('the table is whole', () => expect(cases).toHaveLength(24));

  test.each(cases)('$name', ({ change, lines }) => {
    const changed = change.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the base does not hold ${from}`);
      return text.replace(from, to);
    }, base);
    expect(describeChanges(snapshotOf(base), snapshotOf(changed))).toEqual(lines);
    expect(describeChanges(snapshotOf(changed), snapshotOf(changed))).toEqual([]);
  });

  test('the lock', () => {
    const before = snapshotOf(base);
    const lock = { since: 1, message: '', routes: 'all' as const, allowConsumers: [] };
    expect(describeChanges(before, { ...before, lock })).toEqual(['Everything was locked']);
    expect(describeChanges({ ...before, lock }, before)).toEqual(['The emergency lock was opened']);
  });

  test('a setting that nobody has words for is not passed over', () => {
    const before = snapshotOf(base);
    const [route] = before.routes;
    const odd = { ...before, routes: before.routes.map((one) => (one === route ? { ...one, later: 1 } : one)) };
    expect(describeChanges(before, odd)).toEqual([`${route?.id}: other settings changed`]);
    expect(describeChanges(before, Object.assign({}, before, { later: 1 }))).toEqual([
      'Other settings of the gateway changed',
    ]);
  });
});
