import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import type { Policy } from './policy.ts';

/** A place is given back at any moment; a second is what a program waits without harm. */
const RETRY = ['Retry-After', '1'] as const;

const KEYS: Readonly<Record<string, (x: Exchange) => string | null>> = {
  address: (x) => x.peer.group,
  consumer: (x) => x.caller?.limitKey ?? null,
  route: () => 'everybody',
};

/** How many at once: a request is in until its answer, event stream or WebSocket has ended, however it ends. */
export const concurrency: Policy = {
  id: 'concurrency',
  create(route, context) {
    if (route.concurrency.length === 0) return null;
    const caps = route.concurrency.map(({ key, max }) => ({
      gauge: context.counters.gauge(`${route.service} ${route.id} ${key}`, max),
      keyOf: KEYS[key] ?? (() => null),
      refusal: {
        code: 'too-many-at-once',
        detail: `${key}: ${max} at once`,
        headers: RETRY,
      } satisfies Refusal,
    }));
    return (x) => {
      for (const { gauge, keyOf, refusal } of caps) {
        const key = keyOf(x);
        if (key === null) continue;
        const ticket = gauge.enter(key, x.started);
        if (ticket === -1) return refusal;
        x.places ??= [];
        x.places.push({ gauge, ticket });
      }
      return null;
    };
  },
};

/** Gives back what an exchange that is over has held. */
export function leavePlaces(x: Exchange): void {
  if (x.places === null) return;
  for (const { gauge, ticket } of x.places) gauge.leave(ticket);
  x.places = null;
}
