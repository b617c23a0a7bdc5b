import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { AnswerStep } from '../exchange.ts';
import type { AnswerCheck } from '../validation/answer-fault.ts';
import { describedAnswer } from './described-answer.ts';
import { responseGuard } from './guard/response-guard.ts';

/**
 * THE order in which answers are looked at on their way back.
 *
 * | step           | does                                                                    |
 * |----------------|-------------------------------------------------------------------------|
 * | answer-check   | notices answers that the API description does not describe            |
 * | response-guard | covers card numbers, 502 answer-withheld, error-withheld, counts        |
 */
export function compileAnswerSteps(route: SnapshotRoute, check: AnswerCheck | null): AnswerStep[] {
  if (route.mode === 'off') return [];
  const steps: AnswerStep[] = [];
  if (check !== null) steps.push(describedAnswer(check));
  const enforces = route.mode === 'enforce';
  const guard = route.responseGuard;
  if (guard !== null) steps.push(responseGuard(guard, enforces && guard.mode === 'enforce'));
  return steps;
}
