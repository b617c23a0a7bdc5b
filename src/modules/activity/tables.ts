import type { Generated, Kysely } from 'kysely';
import type { GapReason } from './gaps.ts';

/** A recorded call. Texts that repeat are ids of `activity_words`. Times in Unix milliseconds, durations in microseconds. */
export type EventRow = {
  n: number;
  id: string;
  time: number;
  outcome: number;
  service: number | null;
  route: number | null;
  method: number;
  path: number;
  status: number;
  code: number | null;
  consumer: number | null;
  key: number | null;
  address: number;
  bytes_in: number;
  bytes_out: number;
  duration_us: number;
  upstream_us: number | null;
  aborted: 'client' | 'upstream' | null;
  ended: 'client' | 'upstream' | 'revoked' | 'shutdown' | null;
  revision: number;
  gateway: number;
  /** The decisions as a word, or, when they carry details that hardly repeat, as their own text. */
  decisions: number | null;
  decisions_text: string | null;
  /** 0: came in, 1: went out to a vendor. */
  direction: number;
  /** 1: something that only watches would have stopped it or changed its answer. */
  would: 1 | null;
  /** JSON: how many personal values of each kind the answer held. */
  personal: string | null;
};

/** Calls of one span (`level`, `start`) that are alike; 0 stands for "none" in service, route, consumer and code. */
export type RollupRow = {
  level: number;
  start: number;
  direction: number;
  service: number;
  route: number;
  consumer: number;
  status: number;
  code: number;
  outcome: number;
  calls: number;
  bytes_in: number;
  bytes_out: number;
  sum_us: number;
  max_us: number;
};

export type AddressRollupRow = {
  level: number;
  start: number;
  direction: number;
  address: number;
  calls: number;
  turned_away: number;
};

/** What a policy decided on one day (days since 1970, UTC), allowing aside; 0 stands for "none". `latest`: a call's reference. */
export type DecisionRow = {
  day: number;
  policy: number;
  service: number;
  route: number;
  code: number;
  decision: string;
  consumer: number;
  about: number;
  calls: number;
  latest: string;
};

export type GapRow = {
  n: Generated<number>;
  gateway: string;
  first: number;
  last: number;
  lost: number;
  reason: GapReason;
  time: number;
};

/** `day`: Unix milliseconds of its beginning, UTC. */
export type PersonalRow = {
  day: number;
  service: number;
  route: number;
  kind: string;
  answers: number;
  personal_values: number;
};

export type WordRow = { id: Generated<number>; kind: string; text: string; last_day: number };

export type ActivityTables = {
  gateways_seq: { gateway: string; through: number };
  activity_words: WordRow;
  activity_events: Omit<EventRow, 'n'> & { n: Generated<number> };
  activity_gaps: GapRow;
  activity_rollups: RollupRow;
  activity_address_rollups: AddressRollupRow;
  activity_decisions: DecisionRow;
  activity_personal: PersonalRow;
};

export type ActivityDb = Kysely<ActivityTables>;
