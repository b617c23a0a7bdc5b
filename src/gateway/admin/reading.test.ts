import { expect, it } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { GatewayMetrics } from './metrics.ts';
import { type GatewayReading, sumReadings } from './reading.ts';

function reading(durations: number[], more: Partial<GatewayReading> = {}): GatewayReading {
  const metrics = new GatewayMetrics();
  const call = { status: 200, code: null, outbound: null, route: { service: 'shop' } } as unknown as Exchange;
  for (const ms of durations) metrics.observe(call, ms);
  metrics.countRefusal('key-missing');
  return {
    metrics: metrics.counts(),
    spool: { lastSeq: 10, shippedSeq: 4, bytes: 100, droppedEvents: 1 },
    openConnections: 3,
    activeRequests: 2,
    certificateSecondsLeft: null,
    upstreams: [],
    closed: [],
    ...more,
  };
}

it('adds up what workers counted, histograms too, and leaves each as it was', () => {
  const [one, other] = [reading([1, 40]), reading([3, 60_000])];
  for (let round = 0; round < 2; round++) {
    const sum = sumReadings([one, other]);
    expect(sum).toMatchObject({
      spool: { lastSeq: 20, shippedSeq: 8, bytes: 200, droppedEvents: 2 },
      openConnections: 6,
      activeRequests: 4,
    });
    const metrics = new GatewayMetrics();
    metrics.add(sum.metrics);
    const lines = metrics.render({}).split('\n');
    expect(lines).toContain('nightlatch_requests_total{service="shop",status="2xx"} 4');
    expect(lines).toContain('nightlatch_refusals_total{code="key-missing"} 2');
    expect(lines).toContain('nightlatch_request_duration_seconds_bucket{service="shop",le="0.005"} 2');
    expect(lines).toContain('nightlatch_request_duration_seconds_bucket{service="shop",le="30"} 3');
    expect(lines).toContain('nightlatch_request_duration_seconds_bucket{service="shop",le="+Inf"} 4');
  }
});

it('says of certificates and upstreams what is worst', () => {
  const upstream = { service: 's', url: 'http://a', up: true, ejections: 1, breaker: 'closed' as const };
  const sum = sumReadings([
    reading([], { certificateSecondsLeft: 9, upstreams: [upstream] }),
    reading([], { certificateSecondsLeft: 5, upstreams: [{ ...upstream, up: false, breaker: 'open' }] }),
  ]);
  expect(sum.certificateSecondsLeft).toBe(5);
  expect(sum.upstreams).toEqual([{ ...upstream, up: false, ejections: 2, breaker: 'open' }]);
});
