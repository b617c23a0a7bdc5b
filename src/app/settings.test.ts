import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataPaths } from './paths.ts';
import { formatAddress, readSettings } from './settings.ts';

function paths(settings?: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'nightlatch-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (settings !== undefined) writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  return dataPaths(folder, {});
}

test('flag before environment before file before default', () => {
  const at = paths({ console: '127.0.0.1:1001', gateway: '127.0.0.1:1002', origins: ['https://n.example'] });
  const env = { NIGHTLATCH_CONSOLE: '127.0.0.1:2001' };
  const settings = readSettings(at, { console: ':3001' }, env);
  expect(settings).toEqual({
    console: { host: '', port: 3001 },
    gateway: { host: '127.0.0.1', port: 1002 },
    origins: ['https://n.example'],
    workers: 1,
  });
  expect(readSettings(at, {}, env).console.port).toBe(2001);
  expect(readSettings(paths(), {}, {})).toMatchObject({
    console: { port: 4400 },
    gateway: { port: 8080 },
    origins: [],
  });
});

test.each([
  [{ console: 4400 }, 'cannot be read'],
  [{ consle: '127.0.0.1:1' }, 'cannot be read'],
  [{ console: 'here' }, '"console" in'],
])('settings %j are refused with their place', (content, words) => {
  expect(() => readSettings(paths(content), {}, {})).toThrow(
    expect.objectContaining({ code: 'settings-invalid', message: expect.stringContaining(words) }),
  );
});

test('the data folder: flag, NIGHTLATCH_HOME, ./data', () => {
  expect(dataPaths('/x', { NIGHTLATCH_HOME: '/y' }).folder).toBe('/x');
  expect(dataPaths(undefined, { NIGHTLATCH_HOME: '/y' }).database).toBe('/y/nightlatch.db');
  expect(dataPaths(undefined, {}).folder).toBe(join(process.cwd(), 'data'));
  expect(formatAddress({ host: '::1', port: 80 })).toBe('[::1]:80');
});
