import type { SnapshotOpenapi, SnapshotOperation } from '../../contracts/snapshot/snapshot-openapi.ts';
import type { AnswerCheck, AnswerFault } from './answer-fault.ts';
import { type InputFault, inputInvalid } from './input-faults.ts';
import { bodyFault, judgeValue } from './judge-input.ts';
import { bodyKind, mediaTypeOf } from './media-type.ts';
import type { ServiceLibrary } from './service-library.ts';
import { parseStrictJson } from './strict-json.ts';

type Answer = SnapshotOperation['answers'][number];

/** The check of a route's answers; null where its description says nothing about them. */
export function createAnswerCheck(openapi: SnapshotOpenapi | null, library: () => ServiceLibrary): AnswerCheck | null {
  if (openapi === null || openapi.mode === 'off') return null;
  const byMethod = new Map(Object.entries(openapi.operations).map(([method, { answers }]) => [method, answers]));
  if ([...byMethod.values()].every((answers) => answers.length === 0)) return null;
  return (method, status, contentType, body) => {
    const answers = byMethod.get(method);
    if (answers === undefined || answers.length === 0) return null;
    const answer = answerFor(answers, status);
    if (answer === undefined) return UNKNOWN_STATUS;
    if (body.length === 0) return null;
    // Nothing is said about its body.
    if (answer.contents.length === 0) return UNKNOWN_BODY;
    const faults = judgeAnswer(answer, library, contentType, body);
    return faults.length === 0 ? null : told(faults);
  };
}

function told(faults: readonly InputFault[]): AnswerFault {
  const { detail = '', faults: words = [] } = inputInvalid(faults);
  return { detail, faults: words };
}

const UNKNOWN_STATUS = told([bodyFault('status')]);
const UNKNOWN_BODY = told([bodyFault('additionalProperties')]);

function judgeAnswer(
  answer: Answer,
  library: () => ServiceLibrary,
  contentType: string | null,
  body: Buffer,
): InputFault[] {
  const type = mediaTypeOf(contentType);
  const content =
    answer.contents.find((one) => one.type === type) ??
    answer.contents.find(
      (one) => one.type.endsWith('/*') && one.type !== '*/*' && type.startsWith(one.type.slice(0, -1)),
    ) ??
    answer.contents.find((one) => one.type === '*/*');
  if (content === undefined) return [bodyFault('content-type')];
  if (content.schema === null || bodyKind(type) !== 'json') return [];
  const parsed = parseStrictJson(body);
  if ('reason' in parsed) return [bodyFault('not-json')];
  const { schemas, known } = library();
  const faults: InputFault[] = [];
  judgeValue({ place: 'body', schema: schemas.get(content.schema), known }, parsed.value, body.length, faults);
  return faults;
}

function answerFor(answers: readonly Answer[], status: number): Answer | undefined {
  const exact = String(status);
  const range = `${exact[0]}XX`;
  return (
    answers.find((answer) => answer.status === exact) ??
    answers.find((answer) => answer.status === range) ??
    answers.find((answer) => answer.status === 'default')
  );
}
