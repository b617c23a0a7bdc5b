import type { AnswerStep } from '../exchange.ts';
import type { AnswerCheck } from '../validation/answer-fault.ts';

/** Holds answers against the API description. It never stops one: the caller is not to blame for what the application says. */
export function describedAnswer(check: AnswerCheck): AnswerStep {
  return {
    policy: 'answer-check',
    enforce: false,
    needsWhole: false,
    wants: (answer) => answer.isText,
    judge(x, answer) {
      const fault = check(x.method, answer.status, answer.mediaType, answer.body);
      return fault === null ? null : { noticed: { code: 'answer-undescribed', detail: fault.detail } };
    },
    readPieces: null,
  };
}
