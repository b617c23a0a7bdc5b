import type { Refusal } from '../refusal.ts';
import type { ServiceUpstreams } from './service-upstreams.ts';

/** What a caller is told while nothing is sent to any upstream. */
export function resting(upstreams: ServiceUpstreams, now: number): Refusal {
  return { code: 'upstream-resting', headers: ['Retry-After', String(upstreams.restSeconds(now))] };
}
