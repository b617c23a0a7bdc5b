import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import rules from '../../.dependency-cruiser.mjs';
import { cruise } from './cruise.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('import rules', () => {
  it('hold in the whole repository', () => {
    const { files, imports, violations } = cruise(here('../../'));
    expect(violations.map(({ rule, edge, reason }) => `${rule}: ${edge}\n  ${reason}`)).toEqual([]);
    // A cruise that saw nothing would be green as well.
    expect(files).toContain('src/contracts/snapshot/gateway-snapshot.ts');
    expect(imports).toBeGreaterThan(100);
  });

  it('each say why', () => {
    for (const rule of rules.forbidden) expect(rule.comment, rule.name).toMatch(/^.{30,}\.$/);
  });

  it('report every planted violation and nothing else', () => {
    const expected: [rule: string, edge: string][] = JSON.parse(
      readFileSync(here('./testdata/planted-violations.json'), 'utf8'),
    );
    const { violations } = cruise(here('./testdata/planted'));
    expect(violations.map(({ rule, edge }) => [rule, edge]).sort()).toEqual(expected.sort());
    expect(new Set(expected.map(([rule]) => rule)).size).toBeGreaterThanOrEqual(15);
  });
});
