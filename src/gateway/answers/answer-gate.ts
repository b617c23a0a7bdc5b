import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { isExcepted } from '../exceptions.ts';
import type { AnswerStep, Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { Answer } from './answer.ts';
import type { PieceReader } from './answer-verdict.ts';

export type GateEnd = { refusal: Refusal | null; rest: Buffer | null; changed: boolean };

/** What cannot be looked at does not leave where looking is a must. */
const UNREADABLE: Refusal = { code: 'answer-withheld', detail: 'the answer could not be looked at' };
const TOO_LONG: Refusal = { code: 'answer-withheld', detail: 'the answer is longer than what can be looked at' };

/** The gate for an answer; null when no step of its route cares for it, which costs nothing more. */
export function openGate(x: Exchange, status: number, headers: IncomingHttpHeaders): AnswerGate | null {
  const route = x.route;
  if (route === null) return null;
  const { answerSteps, learner } = route;
  const learns = learner?.due(x, status) === true;
  if (answerSteps.length === 0 && !learns) return null;
  if (x.method === 'HEAD' || status === 204 || status === 304) {
    if (learns) learner.sawNoContent(x, status);
    return null;
  }
  const answer = new Answer(status, headers);
  const steps = answerSteps.filter((step) => step.wants(answer, x));
  // Last, so that nothing that is refused teaches.
  if (learns && learner.wants(answer, x)) steps.push(learner);
  return steps.length === 0 ? null : new AnswerGate(x, answer, steps, route.answerBudgetBytes);
}

/**
 * Holds an answer back until it can be judged as a whole. One that is longer than the budget, that takes its time, or that is a
 * stream is let go and looked through piece by piece instead, unless a step must see it whole.
 */
export class AnswerGate {
  readonly #x: Exchange;
  readonly #answer: Answer;
  readonly #steps: readonly AnswerStep[];
  readonly #budget: number;
  readonly #must: boolean;
  #held: Buffer[] = [];
  #size = 0;
  #readers: { step: AnswerStep; reader: PieceReader }[] | null = null;
  /** Why nothing of the answer may leave; the upstream can be let go. */
  refusal: Refusal | null = null;

  constructor(x: Exchange, answer: Answer, steps: readonly AnswerStep[], budget: number) {
    this.#x = x;
    this.#answer = answer;
    this.#steps = steps;
    this.#budget = budget;
    this.#must = steps.some((step) => step.needsWhole && step.enforce);
    const unreadable = answer.isEncoded || answer.isStream;
    if (unreadable && this.#anyHolds(UNREADABLE)) this.refusal = UNREADABLE;
    else if (unreadable) this.#letGo();
  }

  get holding(): boolean {
    return this.#readers === null;
  }

  /** Nothing may be let go for the sake of time alone. */
  get patient(): boolean {
    return this.#must;
  }

  /** Takes a piece; gives what may leave now, which is nothing while the answer is being held. */
  data(piece: Buffer): Buffer | null {
    if (this.#readers !== null) return this.#through(piece);
    this.#held.push(piece);
    this.#size += piece.length;
    if (this.#size <= this.#budget) return null;
    if (this.#anyHolds(TOO_LONG)) {
      this.refusal = TOO_LONG;
      return null;
    }
    return this.release();
  }

  /** Stops holding: gives what may leave, and reads piece by piece from here on. */
  release(): Buffer | null {
    if (this.#readers !== null) return null;
    const held = Buffer.concat(this.#held, this.#size);
    this.#held = [];
    this.#letGo();
    return this.#through(held);
  }

  end(): GateEnd {
    if (this.#readers !== null) return { refusal: null, rest: this.#endPieces(this.#readers), changed: false };
    const answer = this.#answer;
    const [only] = this.#held;
    answer.body = this.#held.length === 1 && only !== undefined ? only : Buffer.concat(this.#held, this.#size);
    let changed = false;
    for (const step of this.#steps) {
      const verdict = step.judge(this.#x, answer);
      if (verdict === null) continue;
      if ('noticed' in verdict) {
        this.#x.spoken ??= [];
        this.#x.spoken.push({ policy: step.policy, decision: 'noticed', ...verdict.noticed });
        continue;
      }
      if ('refusal' in verdict) {
        if (this.#note(step, verdict.refusal)) return { refusal: verdict.refusal, rest: null, changed: false };
        continue;
      }
      if (!this.#noteChange(step, verdict.code, verdict.detail)) continue;
      answer.body = verdict.body;
      changed = true;
    }
    return { refusal: null, rest: answer.body.length === 0 ? null : answer.body, changed };
  }

  /** Notes that an answer cannot be seen whole; whether a step insists on it. */
  #anyHolds(refusal: Refusal): boolean {
    return this.#steps.filter((step) => step.needsWhole && this.#note(step, refusal)).length > 0;
  }

  #letGo(): void {
    const readable = !this.#answer.isEncoded;
    this.#readers = [];
    for (const step of this.#steps) {
      if (!readable) this.#noteUnread(step);
      else if (step.readPieces !== null) {
        this.#readers.push({ step, reader: step.readPieces(this.#x, this.#answer) });
      }
    }
  }

  #through(piece: Buffer): Buffer | null {
    let out = piece;
    for (const { reader } of this.#readers ?? []) out = reader.read(out);
    return out.length === 0 ? null : out;
  }

  #endPieces(readers: { step: AnswerStep; reader: PieceReader }[]): Buffer | null {
    let carried: Buffer | null = null;
    for (const { step, reader } of readers) {
      const passed: Buffer | null = carried === null ? null : reader.read(carried);
      const { rest, code, detail } = reader.end();
      carried = rest === null ? passed : passed === null ? rest : Buffer.concat([passed, rest]);
      if (code !== null) this.#noteChange(step, code, detail);
    }
    return carried;
  }

  /** Whether the refusal holds. */
  #note(step: AnswerStep, refusal: Refusal): boolean {
    const excepted = isExcepted(this.#x, step.policy, refusal);
    this.#x.spoken ??= [];
    this.#x.spoken.push({
      policy: step.policy,
      decision: excepted ? 'excepted' : step.enforce ? 'deny' : 'would-deny',
      code: refusal.code,
      ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    });
    return step.enforce && !excepted;
  }

  /** Nothing goes by unlooked at in silence. */
  #noteUnread({ policy, needsWhole }: AnswerStep): void {
    if (needsWhole) return;
    this.#x.spoken ??= [];
    this.#x.spoken.push({ policy, decision: 'allow', code: 'answer-unread', detail: 'compressed' });
  }

  /** Whether the change is made. */
  #noteChange(step: AnswerStep, code: string, detail: string): boolean {
    const excepted = isExcepted(this.#x, step.policy, { code });
    const decision = excepted ? 'excepted' : step.enforce ? 'changed' : 'would-change';
    this.#x.spoken ??= [];
    this.#x.spoken.push({ policy: step.policy, decision, code, detail });
    return step.enforce && !excepted;
  }
}
