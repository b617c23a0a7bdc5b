import type { Refusal } from '../refusal.ts';

/**
 * What a step says about a whole answer: null lets it go as it is; `refusal` takes its place; `body` does, with a word for the
 * record; `noticed` is for the record alone. In monitor mode the word is recorded and the answer goes as it is.
 */
export type AnswerVerdict =
  | null
  | { readonly refusal: Refusal }
  | { readonly noticed: { readonly code: string; readonly detail: string } }
  | { readonly body: Buffer; readonly code: string; readonly detail: string };

/** Looks through an answer piece by piece. What it gives back has the same number of bytes in all, as the head has gone. */
export type PieceReader = {
  read(piece: Buffer): Buffer;
  /** What it still kept back, and its word for the record. */
  end(): { rest: Buffer | null; code: string | null; detail: string };
};
