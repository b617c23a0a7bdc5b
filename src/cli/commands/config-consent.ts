import { createInterface } from 'node:readline/promises';
import type { ConfigPlan } from '../../contracts/api/configuration.ts';
import { note } from '../output.ts';

/**
 * Whether to go on with a plan: at once when nobody would be turned away, else when a person says so. Without a terminal to ask
 * at, `--yes` has to be given.
 */
export async function consentTo(plan: ConfigPlan, words: readonly string[], yes: boolean): Promise<boolean> {
  for (const line of words) note(line);
  if (yes || plan.turnedAwayCalls === 0) return true;
  if (!process.stdin.isTTY) {
    note('Somebody would be turned away, so nothing was changed. Add --yes if that is meant.');
    return false;
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question('Go on? (yes/no) ')).trim());
  } finally {
    asking.close();
  }
}
