import type { Exchange, PolicyFunction } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import type { Admission, Verdict } from './verdict.ts';

/**
 * How sure a way is that what a request carries is meant for it. A field may as well hold the application's own credential, so
 * only what is ours counts where there is something that is.
 */
export const CLAIM = {
  none: 0,
  /** Something stands in the field that the way reads. */
  field: 1,
  /** It looks like what the way judges. */
  shape: 2,
  /** It can be nothing else. */
  ours: 3,
} as const;
export type Claim = (typeof CLAIM)[keyof typeof CLAIM];

/** One way to say who calls. All of it works on the running snapshot, so one object serves every route. */
export type Way = {
  /** Its scheme's value of WWW-Authenticate (RFC 9110 §11.6.1); null where HTTP has none. */
  readonly challenge: string | null;
  claim(x: Exchange): Claim;
  /**
   * Judges the credential, whether there is one or not. `beside`: another way proves the same caller in the same request, so a
   * token may name a consumer of the configuration.
   */
  judge(x: Exchange, beside: boolean): Verdict | Promise<Verdict>;
  /** What is answered where nothing was sent. */
  missing(x: Exchange): Refusal;
  /** For routes that know this way alone, where it can do with less. */
  readonly alone?: PolicyFunction;
};

/** Lets the caller in. */
export function admit(x: Exchange, { caller, keeps }: Admission): null {
  x.caller = caller;
  x.keptHeader = keeps;
  return null;
}
