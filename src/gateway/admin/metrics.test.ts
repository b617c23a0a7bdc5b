import { expect, it } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { GatewayMetrics } from './metrics.ts';

const call = (status: number, code: string | null, service: string | null) =>
  ({ status, code, outbound: null, route: service === null ? null : { service } }) as unknown as Exchange;

it('counts answers, refusals and durations in Prometheus’ text format', () => {
  const metrics = new GatewayMetrics();
  metrics.observe(call(200, null, 'shop'), 3);
  metrics.observe(call(204, null, 'shop'), 40);
  metrics.observe(call(401, 'key-missing', 'shop'), 0.5);
  metrics.observe(call(0, null, 'shop'), 60_000);
  metrics.observe(call(404, 'route-unknown', null), 1);
  const text = metrics.render({ nightlatch_open_connections: { help: 'Open.', type: 'gauge', value: 3 } });
  for (const line of [
    'nightlatch_requests_total{service="shop",status="2xx"} 2',
    'nightlatch_requests_total{service="shop",status="4xx"} 1',
    'nightlatch_requests_total{service="shop",status="none"} 1',
    'nightlatch_requests_total{service="",status="4xx"} 1',
    'nightlatch_refusals_total{code="key-missing"} 1',
    'nightlatch_request_duration_seconds_bucket{service="shop",le="0.001"} 1',
    'nightlatch_request_duration_seconds_bucket{service="shop",le="0.005"} 2',
    'nightlatch_request_duration_seconds_bucket{service="shop",le="30"} 3',
    'nightlatch_request_duration_seconds_bucket{service="shop",le="+Inf"} 4',
    'nightlatch_request_duration_seconds_count{service="shop"} 4',
    'nightlatch_open_connections 3',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text.match(/^[a-z_]+(\{[^}]*\})? [0-9.e+-]+$|^# (HELP|TYPE) .+$/gm)?.length).toBe(
    text.trim().split('\n').length,
  );
});
