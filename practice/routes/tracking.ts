import { type Answer, notFound, privateJson, Refusal, text } from '../answers.ts';
import { INNER_HEADER, ownPage } from '../outgoing.ts';
import type { Route, Visit } from '../router.ts';
import { orderForVisit } from './orders.ts';

const STATES = ['announced', 'on its way', 'delivered'];

interface CarrierAnswer {
  state: string;
  town: string;
}

/** @throws Refusal 502 for anything that a carrier has no reason to say. */
function understood(answer: unknown): CarrierAnswer {
  const { state, town } = (answer ?? {}) as Record<string, unknown>;
  if (
    typeof state !== 'string' ||
    !STATES.includes(state) ||
    typeof town !== 'string' ||
    !/^[\p{L} -]{1,60}$/u.test(town)
  ) {
    throw new Refusal(502, 'carrier-not-understood', 'The parcel company sent an answer that makes no sense.');
  }
  return { state, town };
}

async function tracking(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const order = orderForVisit(visit);
  if (order.tracking_number === '') throw notFound('parcel');
  const url = new URL(`/partner/carrier/${order.tracking_number}`, shop.origin());
  const { body } = await ownPage(shop, url, { [INNER_HEADER]: shop.innerSecret });
  const answer: unknown = JSON.parse(body);
  // WEAKNESS carrier-answer-trusted: whatever the partner sends becomes part of the shop's own answer.
  const parcel = shop.weak('carrier-answer-trusted') ? (answer as Record<string, unknown>) : understood(answer);
  return privateJson({ orderId: order.id, ...parcel });
}

/** Plays the parcel company. One parcel's answer is what a partner that was broken into might send. */
function carrier(visit: Visit): Answer {
  if (visit.request.headers[INNER_HEADER] !== visit.shop.innerSecret) throw notFound('page');
  const odd = visit.params.parcel === 'PARCEL-ODD';
  const answer = odd
    ? { state: 'delivered<script>alert("parcel")</script>', town: 'Nowhere', orderId: 1, refundCents: 99_900 }
    : { state: 'on its way', town: 'Blue Harbour' };
  return text(JSON.stringify(answer), 'application/json');
}

export const trackingRoutes: Route[] = [
  { method: 'GET', path: '/api/orders/{orderId}/tracking', handle: tracking },
  { method: 'GET', path: '/partner/carrier/{parcel}', handle: carrier },
];
