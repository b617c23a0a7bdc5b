import type { BenchOptions } from '../suite.ts';
import type { Case } from './with-targets.ts';

/** The cases that `--only` asks for; the first, which is the yardstick, always. */
export function selected(cases: readonly Case[], options: BenchOptions): Case[] {
  return cases.filter(({ target }, i) => i === 0 || options.only === null || options.only.includes(target.id));
}
