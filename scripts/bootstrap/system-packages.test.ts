import { expect, it } from 'vitest';
import { findProgram, systemPackages } from './system-packages.mjs';

it('finds a program on the PATH and says so when there is none', () => {
  expect(findProgram('a-program-nobody-has')).toBeUndefined();
  expect(findProgram('curl')).toMatch(/\/curl$/);
});

it('takes the program that a variable names', () => {
  process.env.NIGHTLATCH_CHROMIUM = process.execPath;
  expect(findProgram('chromium')).toBe(process.execPath);
  delete process.env.NIGHTLATCH_CHROMIUM;
});

it('lists each package once, with all it takes to tell a person', () => {
  expect(new Set(systemPackages.map((one) => one.name)).size).toBe(systemPackages.length);
  for (const one of systemPackages) expect([one.why, one.apt, one.brew, one.programs.join()].every(Boolean)).toBe(true);
});
