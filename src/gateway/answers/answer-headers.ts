import type { SnapshotAnswers } from '../../contracts/snapshot/snapshot-response-guard.ts';

/** Never from the upstream to the caller: hop-by-hop (RFC 9110 §7.6.1), and the id, which is ours. */
const DROPPED = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'x-request-id',
];

/** What becomes of the upstream's answer fields, worked out once for a snapshot. */
export type AnswerHeaders = {
  readonly dropped: ReadonlySet<string>;
  readonly noSniff: boolean;
  readonly careful: boolean;
};

export function compileAnswerHeaders(answers: SnapshotAnswers): AnswerHeaders {
  return {
    dropped: new Set([...DROPPED, ...answers.stripHeaders]),
    noSniff: answers.noSniff,
    careful: answers.securityHeaders,
  };
}
