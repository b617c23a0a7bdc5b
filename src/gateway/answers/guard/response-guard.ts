import type { SnapshotResponseGuard } from '../../../contracts/snapshot/snapshot-response-guard.ts';
import type { AnswerStep, Exchange } from '../../exchange.ts';
import type { Answer } from '../answer.ts';
import type { AnswerVerdict } from '../answer-verdict.ts';
import { findCardNumbers } from './card-numbers.ts';
import { findDirectoryListing } from './directory-listing.ts';
import { findErrorDetails } from './error-details.ts';
import { GuardedPieces } from './guarded-pieces.ts';
import { countPersonalData } from './personal-data.ts';
import { findSecrets } from './secrets.ts';
import { CARD_DIGITS_SHOWN, cover, listOf, type Span } from './span.ts';

/**
 * Guards the answers of a route: card numbers are covered, credentials and the inside of a failed application stay here, and
 * personal values are counted by kind. Null where nothing is asked.
 */
export function responseGuard(guard: SnapshotResponseGuard, enforce: boolean): AnswerStep {
  return {
    policy: 'response-guard',
    enforce,
    needsWhole: false,
    wants: (answer) => answer.isText || answer.mediaType === '',
    judge: (x, answer) => judge(x, answer, guard),
    readPieces: (x, answer) => new GuardedPieces(x, answer, guard, enforce),
  };
}

function judge(x: Exchange, answer: Answer, guard: SnapshotResponseGuard): AnswerVerdict {
  const text = answer.latin1;
  if (guard.personalData === 'count') {
    x.personal ??= {};
    countPersonalData(text, answer.isJson, x.personal);
  }
  const secrets = guard.secrets === 'allow' ? [] : findSecrets(text);
  if (secrets.length > 0 && guard.secrets === 'block') return withheld(secrets);
  if (guard.errors === 'block') {
    const failed = answer.status >= 400;
    const found = findErrorDetails(text, failed);
    // A failed answer keeps its status: the caller must know whose mistake it was.
    if (found !== null) {
      return { refusal: { code: 'error-withheld', detail: found, ...(failed ? { status: answer.status } : {}) } };
    }
    const listing = failed ? null : findDirectoryListing(text);
    if (listing !== null) return { refusal: { code: 'answer-withheld', detail: listing } };
  }
  const cards = guard.cards === 'allow' ? [] : findCardNumbers(text, answer.isJson);
  if (cards.length > 0) {
    if (guard.personalData === 'count') x.personal = { ...x.personal, card: cards.length };
    if (guard.cards === 'block') return withheld(cards);
  }
  if (cards.length === 0 && secrets.length === 0) return null;
  const covered = cover(text, [...cards, ...secrets], (span) => (cards.includes(span) ? CARD_DIGITS_SHOWN : 0));
  return { body: Buffer.from(covered, 'latin1'), code: 'answer-covered', detail: listOf([...cards, ...secrets]) };
}

function withheld(spans: readonly Span[]): AnswerVerdict {
  return { refusal: { code: 'answer-withheld', detail: listOf(spans) } };
}
