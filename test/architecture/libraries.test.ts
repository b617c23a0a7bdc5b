import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isPermissive } from './permissive-licence.ts';

interface Locked {
  dev?: boolean;
  link?: boolean;
  license?: string;
  optionalDependencies?: Record<string, string>;
}

const lockText = readFileSync(fileURLToPath(new URL('../../package-lock.json', import.meta.url)), 'utf8');
const packages: Record<string, Locked> = JSON.parse(lockText).packages;

describe('libraries', () => {
  it('are locked without the address of a registry, so that everybody installs from their own', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(lockText).not.toMatch(/"resolved"/);
    expect(lockText).not.toMatch(/https?:\/\/[^"/]*(registry|npmjs|artifactory|verdaccio)/i);
  });

  // `npm ci` refuses a lock file that lacks a part made for another platform; a registry may publish those parts late.
  it('are locked with their parts for every platform', () => {
    const missing = Object.entries(packages).flatMap(([path, one]) =>
      Object.keys(one.optionalDependencies ?? {})
        .filter((name) => !placesFor(path, name).some((place) => place in packages))
        .map((name) => `${path} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('that are shipped all have permissive licences', () => {
    const shipped = Object.entries(packages).filter(([path, one]) => path !== '' && !one.dev && !one.link);
    expect(shipped.length).toBeGreaterThan(20);
    const others = shipped
      .filter(([, one]) => !isPermissive(one.license ?? ''))
      .map(([path, one]) => [path, one.license]);
    expect(others).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['Apache-2.0 AND MIT', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['AGPL-3.0', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
  ])('judge the licence %j as %j', (expression, permissive) => {
    expect(isPermissive(expression)).toBe(permissive);
  });
});

/** Where Node would look for a library: beside the one that wants it, then further and further up. */
function placesFor(path: string, name: string): string[] {
  const parents = path
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return [...parents.map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}
