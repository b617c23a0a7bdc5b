import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMasterKey, loadTokenFile } from './secret-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightlatch-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes a key that only its owner can read, and finds it again', () => {
  const file = join(folder, 'master.key');
  const key = loadMasterKey(file);
  expect(key).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(loadMasterKey(file)).toEqual(key);
  expect(readdirSync(folder)).toEqual(['master.key']);
});

test('refuses a key that others can read', () => {
  const file = join(folder, 'master.key');
  loadMasterKey(file);
  chmodSync(file, 0o644);
  expect(() => loadMasterKey(file)).toThrow(expect.objectContaining({ code: 'secret-file-open' }));
});

test.each(['', 'short', 'nlg_'])('refuses a file that holds %j', (text) => {
  const file = join(folder, 'gateway.token');
  writeFileSync(file, text, { mode: 0o600 });
  expect(() => loadTokenFile(file, 'nlg_')).toThrow(expect.objectContaining({ code: 'secret-file-damaged' }));
  expect(() => loadMasterKey(file)).toThrow(expect.objectContaining({ code: 'secret-file-damaged' }));
});

test('a token carries its prefix', () => {
  const file = join(folder, 'cli.token');
  const token = loadTokenFile(file, 'nlc_');
  expect(token).toMatch(/^nlc_[0-9A-Za-z]{43}$/);
  expect(loadTokenFile(file, 'nlc_')).toBe(token);
});
