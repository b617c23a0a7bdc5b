import type { ActivityDetail } from '../../src/contracts/api/activity.ts';
import { DENIALS, type DenialCode } from '../../src/contracts/errors/denials.ts';
import { FAILURES } from '../../src/contracts/errors/failures.ts';
import type { Say } from './say-in.ts';

export type Outcome = 'let-in' | 'turned-away' | 'failed';

export function outcomeOf(call: {
  code: string | null;
  status: number;
  aborted?: 'client' | 'upstream' | null;
}): Outcome {
  if (call.code === null) return call.status >= 500 || call.aborted === 'upstream' ? 'failed' : 'let-in';
  return FAILURES.has(call.code) ? 'failed' : 'turned-away';
}

export function isDenialCode(code: string): code is DenialCode {
  return Object.hasOwn(DENIALS, code);
}

/** "came without a key": the reason as a half-sentence, for lists and pictures. A code newer than this page is shown as it is. */
export function reasonInWords(say: Say, code: string, direction?: 'inbound' | 'outbound'): string {
  if (direction === 'outbound' && code.startsWith('upstream-')) return say('denials.vendor-trouble.reason');
  return isDenialCode(code) ? say(`denials.${code}.reason`) : code;
}

/** Reasons behind one code that deserve their own words; they come from the deciding policy's `detail`. */
const VARIANTS: Readonly<Record<string, string>> = { revoked: 'revoked', expired: 'expired' };

export type Explanation = { saw: string; likely: string; todo: string; developer: string };

/** What the owner reads about one refused call. Null when the call was let in or its code is unknown here. */
export function explain(say: Say, call: ActivityDetail): Explanation | null {
  if (call.code === null || !isDenialCode(call.code)) return null;
  const code = call.code;
  const who = call.consumer === null ? say('words.who.stranger', { address: call.address }) : call.consumer;
  const what = `${call.method} ${call.path}`;
  const detail = call.decisions.find((decision) => decision.code === code)?.detail ?? '';
  const variant = code === 'key-invalid' ? VARIANTS[detail.split(/[\s:,]/)[0] ?? ''] : undefined;
  if (call.direction === 'outbound' && code.startsWith('upstream-')) {
    return {
      saw: say('denials.vendor-trouble.saw', { who, what, vendor: call.service ?? '' }),
      likely: say('denials.vendor-trouble.likely'),
      todo: say('denials.vendor-trouble.todo'),
      developer: say(`denials.${code}.developer`),
    };
  }
  if (variant !== undefined) {
    return {
      saw: say(`denials.key-invalid-${variant}.saw`, { who, what }),
      likely: say(`denials.key-invalid-${variant}.likely`),
      todo: say(`denials.key-invalid-${variant}.todo`),
      developer: say(`denials.${code}.developer`),
    };
  }
  return {
    saw: say(`denials.${code}.saw`, { who, what }),
    likely: say(`denials.${code}.likely`),
    todo: say(`denials.${code}.todo`),
    developer: say(`denials.${code}.developer`),
  };
}
