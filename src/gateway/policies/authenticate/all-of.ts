import type { Exchange, PolicyFunction } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import { agree } from './agree.ts';
import { type Challenger, challenger } from './challenge.ts';
import type { KeptHeader } from './verdict.ts';
import { bothKept, isRefusal } from './verdict.ts';
import { admit, CLAIM, type Way } from './way.ts';

const DISAGREE: Refusal = { code: 'credentials-disagree' };

/**
 * All of several ways: each has to find its credential good, and all have to mean the same consumer. The caller then holds the
 * scopes that every one of them gives. `proven`: a way whose callers are consumers of the configuration is among them.
 */
export function allOf(ways: readonly Way[], proven: boolean): PolicyFunction {
  const challenge = challenger(ways);
  return (x) => {
    for (const way of ways) if (way.claim(x) === CLAIM.none) return challenge(way.missing(x));
    return judgeAll(x, ways, proven, challenge);
  };
}

async function judgeAll(
  x: Exchange,
  ways: readonly Way[],
  proven: boolean,
  challenge: Challenger,
): Promise<Refusal | null> {
  const callers = [];
  let keeps: KeptHeader = null;
  for (const way of ways) {
    const verdict = await way.judge(x, proven);
    if (isRefusal(verdict)) return challenge(verdict);
    callers.push(verdict.caller);
    keeps = bothKept(keeps, verdict.keeps);
  }
  const caller = agree(callers, x.runtime.makeCaller);
  return caller === null ? DISAGREE : admit(x, { caller, keeps });
}
