import type { Refusal } from '../refusal.ts';

export type AnswerFault = Required<Pick<Refusal, 'detail' | 'faults'>>;

/**
 * What is wrong with an upstream's answer by its service's API description; null when it fits or nothing is said about it. `body`
 * is the whole of it, not compressed. `faults` hold places (`body.items[3].price`) and plain words, `detail` is for the record;
 * neither holds a value.
 */
export type AnswerCheck = (
  method: string,
  status: number,
  contentType: string | null,
  body: Buffer,
) => AnswerFault | null;
