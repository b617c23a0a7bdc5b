import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { AnswerStep } from '../exchange.ts';
import type { PolicyContext } from '../policies/policy.ts';
import type { AnswerCheck } from '../validation/answer-fault.ts';
import { describedAnswer } from './described-answer.ts';
import { responseGuard } from './guard/response-guard.ts';
import { learnFromAnswers } from './learn-from-answers.ts';
import { ownAnswers } from './own-answers.ts';

/**
 * THE order in which answers are looked at on their way back.
 *
 * | step             | does                                                                     |
 * |------------------|--------------------------------------------------------------------------|
 * | answer-check     | notices answers that the API description does not describe               |
 * | ownership-answer | cuts out the items of others, 403 not-owner, 502 answer-withheld         |
 * | learnt-ownership | learns whose is what was created or listed; changes nothing              |
 * | response-guard   | covers card numbers, 502 answer-withheld, error-withheld, counts         |
 */
export function compileAnswerSteps(
  route: SnapshotRoute,
  check: AnswerCheck | null,
  context: PolicyContext,
): AnswerStep[] {
  if (route.mode === 'off') return [];
  const steps: AnswerStep[] = [];
  if (check !== null) steps.push(describedAnswer(check));
  const enforces = route.mode === 'enforce';
  if (route.ownAnswers.length > 0 && route.auth.length > 0) steps.push(ownAnswers(route.ownAnswers, enforces));
  const learns = learnFromAnswers(route, context);
  if (learns !== null) steps.push(learns);
  const guard = route.responseGuard;
  if (guard !== null) steps.push(responseGuard(guard, enforces && guard.mode === 'enforce'));
  return steps;
}
