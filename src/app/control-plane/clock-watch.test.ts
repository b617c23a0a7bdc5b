import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clockSetBackBy, clockWords, rememberTime } from './clock-watch.ts';

const NOON = Date.UTC(2027, 0, 31, 12);
const HOUR = 3_600_000;

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nightlatch-clock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'last-run.json');
}

test('a clock that was set back is noticed, small corrections are not', () => {
  const at = file();
  rememberTime(at, NOON);
  expect(clockSetBackBy(at, NOON + HOUR)).toBe(0);
  expect(clockSetBackBy(at, NOON - 60_000)).toBe(0);
  expect(clockSetBackBy(at, NOON - 3 * HOUR)).toBe(3 * HOUR);
  expect(clockWords(3 * HOUR)).toContain('3 hours before');
});

test('without a last run, or with a damaged note of it, there is nothing to compare', () => {
  const at = file();
  expect(clockSetBackBy(at, NOON)).toBe(0);
  writeFileSync(at, '{');
  expect(clockSetBackBy(at, NOON)).toBe(0);
});
