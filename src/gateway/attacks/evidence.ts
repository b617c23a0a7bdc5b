import type { AttackEvidence } from '../../contracts/events/gateway-event.ts';
import type { Charge, Verdict } from '../../detection/index.ts';
import { asPattern } from './field-pattern.ts';

const MOST_CHARGES = 5;
const MOST_UNDONE = 6;
const LONGEST_EXCERPT = 120;
const LONGEST_PLACE = 200;

/** Fields whose content is a secret or somebody's own: of these not even a piece is kept. */
const SECRET_PLACE =
  /^header\.(?:authorization|proxy-authorization|cookie)$|pass(?:word|wd|phrase|code)|secret|token|sess|api[-_]?key|credential|card[-_]?n|cvc|cvv|iban|(?:^|[._-])(?:pass|pwd|pin|sid|auth|ssn)(?:$|[._[-])/i;

/** Some applications name fields after people or cards: `body.ann@shop?example`. Such names are nobody's business. */
function withoutPeople(place: string): string {
  return /@|\d{6}/.test(place) ? place.replace(/\.[^.]*(?:@|\d{6})[^.]*/g, '.{…}') : place;
}

/** What the record keeps of a verdict. */
export function evidenceOf(verdict: Pick<Verdict, 'score' | 'complete'>, charges: readonly Charge[]): AttackEvidence {
  return {
    score: verdict.score,
    complete: verdict.complete,
    charges: charges.slice(0, MOST_CHARGES).map(({ kind, technique, confidence, place, excerpt, undone }) => ({
      kind,
      technique,
      confidence,
      place: withoutPeople(asPattern(place)).slice(0, LONGEST_PLACE),
      excerpt: SECRET_PLACE.test(place) ? '' : excerpt.slice(0, LONGEST_EXCERPT),
      undone: undone.slice(0, MOST_UNDONE),
    })),
  };
}
