import { DENIALS } from '../../../contracts/errors/denials.ts';
import type { Refusal } from '../../refusal.ts';
import type { Way } from './way.ts';

export type Challenger = (refusal: Refusal) => Refusal;

/** Adds to a 401 the challenges (RFC 9110 §11.6.1) of all schemes that the ways take and that it does not name yet. */
export function challenger(ways: readonly Way[]): Challenger {
  const challenges = [...new Set(ways.flatMap(({ challenge }) => challenge ?? []))];
  if (challenges.length === 0) return (refusal) => refusal;
  return (refusal) => {
    if (DENIALS[refusal.code].status !== 401) return refusal;
    const headers = refusal.headers ?? [];
    const lacking = challenges.filter((challenge) => !headers.some((value) => schemeOf(value) === schemeOf(challenge)));
    if (lacking.length === 0) return refusal;
    return { ...refusal, headers: [...headers, ...lacking.flatMap((challenge) => ['WWW-Authenticate', challenge])] };
  };
}

const schemeOf = (challenge: string) => challenge.split(' ', 1)[0];
