import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = `${root}node_modules/dependency-cruiser/bin/dependency-cruiser.mjs`;

interface Cruised {
  modules: { source: string }[];
  summary: {
    totalDependenciesCruised: number;
    violations: { from: string; to: string; rule: { name: string } }[];
    ruleSetUsed: { forbidden: { name: string; comment: string }[] };
  };
}

export interface Violation {
  rule: string;
  /** `from -> to`, paths relative to the cruised folder */
  edge: string;
  /** why the rule exists */
  reason: string;
}

/**
 * Applies the import rules, as `npm run check` does, to all code below a folder.
 *
 * @param folder absolute path; the repository, or a tree laid out like it
 */
export function cruise(folder: string): { files: string[]; imports: number; violations: Violation[] } {
  const run = spawnSync(
    process.execPath,
    [program, '--config', `${root}.dependency-cruiser.mjs`, '--output-type', 'json', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (run.stdout === '') throw new Error(`dependency-cruiser did not run: ${run.stderr}`);
  const { modules, summary }: Cruised = JSON.parse(run.stdout);
  const reasons = new Map(summary.ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]));
  return {
    files: modules.map((module) => module.source),
    imports: summary.totalDependenciesCruised,
    violations: summary.violations.map(({ from, to, rule }) => ({
      rule: rule.name,
      edge: `${from} -> ${to}`,
      reason: reasons.get(rule.name) ?? '',
    })),
  };
}
