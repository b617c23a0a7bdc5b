import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import type { ExceptionRequest } from '../../../src/contracts/api/settings.ts';
import { EXCEPTABLE } from '../../../src/contracts/config/exception-config.ts';

type Exceptable = ExceptionRequest['policy'];

const STOPPING: ReadonlySet<string> = new Set(['deny', 'would-deny', 'changed', 'would-change']);
/** What was sent cannot be read at all; and an address that is kept out is let in again, not excepted. */
const NEVER: ReadonlySet<string> = new Set([
  ...['body-malformed', 'body-too-large', 'body-type-unsupported', 'address-banned'],
]);

const isExceptable = (policy: string): policy is Exceptable => EXCEPTABLE.some((one) => one === policy);

/** The narrowest exception that lets this call through: this caller, this rule, this reason, these places. Null where there is none. */
export function exceptionFor(call: ActivityDetail): Omit<ExceptionRequest, 'days'> | null {
  const { service, route, consumer, address } = call;
  if (service === null || route === null || call.direction === 'outbound') return null;
  for (const { policy, decision, code, places } of call.decisions) {
    if (!STOPPING.has(decision) || !isExceptable(policy) || (code !== undefined && NEVER.has(code))) continue;
    return {
      policy,
      service,
      route,
      ...(code === undefined ? {} : { code }),
      ...(consumer === null ? { address } : { consumer }),
      ...(places === undefined || places.length === 0 ? {} : { places }),
    };
  }
  return null;
}
