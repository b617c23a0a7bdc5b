import type { ServerResponse } from 'node:http';
import type { Answer } from '../answers.ts';
import { one } from '../database.ts';
import { mayTouch, signedIn } from '../identity.ts';
import type { Route, Visit } from '../router.ts';
import type { OrderEvent } from '../shop.ts';
import type { OrderRow } from './orders.ts';

const HEARTBEAT_MS = 15_000;

const written = (event: OrderEvent): string => `event: order\nid: ${event.orderId}\ndata: ${JSON.stringify(event)}\n\n`;

/** Server-sent events (WHATWG HTML, section 9.2): the newest order at once, then each one as it happens. */
function stream(visit: Visit): Answer {
  const { shop } = visit;
  // WEAKNESS stream-keyless: anybody can listen to every order.
  const viewer = shop.weak('stream-keyless') ? visit.viewer : signedIn(visit);
  const maySee = (event: OrderEvent): boolean => viewer === null || mayTouch(viewer, event.customerId);
  const last = one<OrderRow>(shop.db, 'SELECT * FROM orders WHERE customer_id = ? OR ? ORDER BY id DESC LIMIT 1', [
    viewer?.customerId ?? 0,
    viewer === null || viewer.role === 'staff' ? 1 : 0,
  ]);

  const follow = (response: ServerResponse): void => {
    const tell = (event: OrderEvent): void => {
      if (maySee(event)) response.write(written(event));
    };
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    response.once('close', () => {
      clearInterval(heartbeat);
      shop.events.off('order', tell);
    });
    response.write('retry: 3000\n\n');
    if (last) {
      const { id, customer_id, status, total_cents } = last;
      tell({ orderId: id, customerId: customer_id, status, totalCents: total_cents });
    }
    shop.events.on('order', tell);
  };
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' },
    stream: follow,
  };
}

export const streamRoutes: Route[] = [{ method: 'GET', path: '/api/orders/stream', handle: stream }];
