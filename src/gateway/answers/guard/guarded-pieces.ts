import type { SnapshotResponseGuard } from '../../../contracts/snapshot/snapshot-response-guard.ts';
import type { Exchange } from '../../exchange.ts';
import type { Answer } from '../answer.ts';
import type { PieceReader } from '../answer-verdict.ts';
import { findCardNumbers } from './card-numbers.ts';
import { countPersonalData } from './personal-data.ts';
import { findSecrets } from './secrets.ts';
import { CARD_DIGITS_SHOWN, cover, listOf, type Span } from './span.ts';

/** A number or credential may be cut in two by the end of a piece: a last run of its characters waits for the next piece. */
const UNFINISHED = /[A-Za-z0-9+/=_.:@$%-](?:[A-Za-z0-9+/=_.:@$% -]{0,254})$/;

/** An answer that is already on its way: what must not leave is covered with as many characters, so that its length stays. */
export class GuardedPieces implements PieceReader {
  readonly #x: Exchange;
  readonly #isJson: boolean;
  readonly #guard: SnapshotResponseGuard;
  readonly #enforce: boolean;
  readonly #found: Span[] = [];
  #kept = '';

  constructor(x: Exchange, answer: Answer, guard: SnapshotResponseGuard, enforce: boolean) {
    this.#x = x;
    this.#isJson = answer.isJson;
    this.#guard = guard;
    this.#enforce = enforce;
  }

  read(piece: Buffer): Buffer {
    const text = this.#kept + piece.toString('latin1');
    const unfinished = UNFINISHED.exec(text)?.[0] ?? '';
    const settled = text.length - unfinished.length;
    this.#kept = unfinished;
    return this.#look(text, settled);
  }

  end(): ReturnType<PieceReader['end']> {
    const rest = this.#kept === '' ? null : this.#look(this.#kept, this.#kept.length);
    this.#kept = '';
    if (this.#found.length === 0) return { rest, code: null, detail: '' };
    return { rest, code: 'answer-covered', detail: listOf(this.#found) };
  }

  /** Covers what stands in the settled part of a text. */
  #look(text: string, settled: number): Buffer {
    const guard = this.#guard;
    const ready = text.slice(0, settled);
    if (guard.personalData === 'count') {
      this.#x.personal ??= {};
      countPersonalData(ready, this.#isJson, this.#x.personal);
    }
    const cards = guard.cards === 'allow' ? [] : findCardNumbers(ready, this.#isJson);
    const secrets = guard.secrets === 'allow' ? [] : findSecrets(ready);
    if (cards.length === 0 && secrets.length === 0) return Buffer.from(ready, 'latin1');
    this.#found.push(...cards, ...secrets);
    if (!this.#enforce) return Buffer.from(ready, 'latin1');
    const covered = cover(ready, [...cards, ...secrets], (span) => (cards.includes(span) ? CARD_DIGITS_SHOWN : 0));
    return Buffer.from(covered, 'latin1');
  }
}
