import { DENIALS, type DenialCode } from '../contracts/errors/denials.ts';
import type { AttackEvidence } from '../contracts/events/gateway-event.ts';

/** A policy's word that a request may not pass. `detail` is for the record alone; `headers` go out with the answer. */
export type Refusal = {
  readonly code: DenialCode;
  readonly detail?: string;
  /** What the caller reads instead of the code's own words: the owner's maintenance message. */
  readonly publicDetail?: string;
  /** Where the input does not fit and why; never a value. */
  readonly faults?: readonly { readonly place: string; readonly message: string }[];
  /** The place of each fault as the record keeps it, and as an exception may name it: "body.items[].note", "body.{…}". */
  readonly places?: readonly string[];
  /** What the attack filter saw, for the record. */
  readonly attack?: AttackEvidence;
  /** Refuses in monitor mode too: what is left of the request cannot be sent on. */
  readonly final?: true;
  /** Instead of the code's own status. */
  readonly status?: number;
  /** Flat list of names and values. */
  readonly headers?: readonly string[];
};

/**
 * The problem body (RFC 9457) of a refusal. `reference` is the request's id. With `forVendorSdk` it has an "error" as well:
 * vendors' SDKs (Stripe's, OpenAI's) tell a failure by that member, and Stripe's takes any other body for the thing asked for.
 */
export function problemBody(
  code: DenialCode,
  reference: string,
  { publicDetail, faults, status }: Pick<Refusal, 'publicDetail' | 'faults' | 'status'> = {},
  forVendorSdk = false,
): string {
  const denial = DENIALS[code];
  const detail = publicDetail ?? denial.detail;
  return JSON.stringify({
    type: `urn:nightlatch:problem:${code}`,
    title: denial.title,
    status: status ?? denial.status,
    detail,
    code,
    reference,
    faults,
    error: forVendorSdk ? { type: 'nightlatch', code, message: `${denial.title}. ${detail} (Nightlatch)` } : undefined,
  });
}
