import type { Exchange, PolicyFunction } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import { type Challenger, challenger } from './challenge.ts';
import { TWO_CREDENTIALS } from './refusals.ts';
import type { KeptHeader } from './verdict.ts';
import { bothKept, isRefusal, type Verdict } from './verdict.ts';
import { admit, CLAIM, type Way } from './way.ts';

/**
 * One of several ways. The way whose credential was sent decides, and what it refuses is refused: nothing else is tried. Two
 * credentials that are surely ours both have to hold and to mean the same caller.
 */
export function anyOf(ways: readonly Way[]): PolicyFunction {
  const challenge = challenger(ways);
  return (x) => {
    let chosen: Way | null = null;
    let surest: number = CLAIM.none;
    let several = false;
    for (const way of ways) {
      const claim = way.claim(x);
      if (claim > surest) {
        chosen = way;
        surest = claim;
        several = false;
      } else if (claim === CLAIM.ours) several = true;
    }
    if (chosen === null) return challenge(ways[0]?.missing(x) ?? TWO_CREDENTIALS);
    if (several) return judgeSeveral(x, ways, challenge);
    const verdict = chosen.judge(x, false);
    return verdict instanceof Promise
      ? verdict.then((late) => settle(x, late, challenge))
      : settle(x, verdict, challenge);
  };
}

function settle(x: Exchange, verdict: Verdict, challenge: Challenger): Refusal | null {
  return isRefusal(verdict) ? challenge(verdict) : admit(x, verdict);
}

async function judgeSeveral(x: Exchange, ways: readonly Way[], challenge: Challenger): Promise<Refusal | null> {
  let first: Exclude<Verdict, Refusal> | null = null;
  let keeps: KeptHeader = null;
  for (const way of ways) {
    if (way.claim(x) !== CLAIM.ours) continue;
    const verdict = await way.judge(x, false);
    if (isRefusal(verdict)) return challenge(verdict);
    if (first !== null && first.caller.limitKey !== verdict.caller.limitKey) return TWO_CREDENTIALS;
    first ??= verdict;
    keeps = bothKept(keeps, verdict.keeps);
  }
  return first === null ? TWO_CREDENTIALS : admit(x, { caller: first.caller, keeps });
}
