import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RequestEvent } from '../../src/contracts/events/gateway-event.ts';
import type { Activity } from '../../src/modules/activity/index.ts';
import { seeded } from './traffic-shape.ts';

const LINES = 1_000;
const BATCHES = 60;

/** How many calls a second the control plane takes in, one batch after the other, on top of what is there already. */
export async function measureIngest(
  activity: Activity,
  now: number,
): Promise<{ perSecond: number; longestBlockMs: number }> {
  const random = seeded(3);
  const batches = Array.from({ length: BATCHES }, (_, at) => batch(at * LINES, now, random));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  for (const body of batches) await activity.ingest('gw-rate', body);
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  return { perSecond: (LINES * BATCHES) / seconds, longestBlockMs: delay.max / 1e6 };
}

function batch(after: number, now: number, random: () => number): Buffer {
  let text = '';
  for (let at = 1; at <= LINES; at += 1) text += `${JSON.stringify(call(after + at, now, random))}\n`;
  return Buffer.from(text);
}

function call(seq: number, now: number, random: () => number): RequestEvent {
  const refused = random() < 0.05;
  const customer = Math.floor(random() * 40) + 1;
  const product = random() < 0.7;
  return {
    ...{ seq, type: 'request', id: `01KRATE${String(seq).padStart(19, '0')}`, time: new Date(now + seq).toISOString() },
    ...{ service: 'shop', route: product ? 'GET /products' : 'GET /orders', method: 'GET' },
    ...{ path: product ? '/products' : '/orders', status: refused ? 429 : 200, code: refused ? 'rate-limited' : null },
    ...{ consumer: `customer-${customer}`, key: `k_${customer}`, address: `203.0.${Math.floor(random() * 40)}.7` },
    ...{ bytesIn: 0, bytesOut: 1_234, durationMs: 3.2, upstreamMs: refused ? null : 2.9, revision: 3 },
    decisions: [
      { policy: 'authenticate', decision: 'allow' },
      refused
        ? { policy: 'rate-limit-consumer', decision: 'deny', code: 'rate-limited', detail: 'consumer' }
        : { policy: 'rate-limit-consumer', decision: 'allow' },
    ],
  };
}
