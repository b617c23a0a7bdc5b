import type { UpstreamStatus } from '../proxy/upstream.ts';
import type { SpoolStatus } from '../spool/spool.ts';
import { sumSpools } from '../spool/sum-spools.ts';
import { GatewayMetrics, type MetricsCounts } from './metrics.ts';

/** What a gateway, or one worker of it, says about itself at a moment; plain data. */
export type GatewayReading = {
  metrics: MetricsCounts;
  spool: SpoolStatus;
  openConnections: number;
  activeRequests: number;
  /** Null without https; negative once the certificate in service has ended. */
  certificateSecondsLeft: number | null;
  upstreams: UpstreamStatus[];
  /** What is closed because its secret is gone: a sentence each. */
  closed: readonly string[];
};

/** Several workers as one gateway. An upstream counts as down when one of them passes it over: trouble shows early. */
export function sumReadings(readings: readonly GatewayReading[]): GatewayReading {
  const metrics = new GatewayMetrics();
  const upstreams = new Map<string, UpstreamStatus>();
  let certificateSecondsLeft: number | null = null;
  for (const reading of readings) {
    metrics.add(reading.metrics);
    const left = reading.certificateSecondsLeft;
    if (left !== null) certificateSecondsLeft = Math.min(certificateSecondsLeft ?? left, left);
    for (const one of reading.upstreams) {
      const key = `${one.service} ${one.url}`;
      const known = upstreams.get(key);
      upstreams.set(key, known === undefined ? one : worseOf(known, one));
    }
  }
  return {
    metrics: metrics.counts(),
    spool: sumSpools(readings.map(({ spool }) => spool)),
    openConnections: readings.reduce((sum, { openConnections }) => sum + openConnections, 0),
    activeRequests: readings.reduce((sum, { activeRequests }) => sum + activeRequests, 0),
    certificateSecondsLeft,
    upstreams: [...upstreams.values()],
    closed: [...new Set(readings.flatMap(({ closed }) => closed))],
  };
}

const BREAKERS = [null, 'closed', 'half-open', 'open'] as const;

function worseOf(a: UpstreamStatus, b: UpstreamStatus): UpstreamStatus {
  return {
    ...a,
    up: a.up && b.up,
    ejections: a.ejections + b.ejections,
    breaker: BREAKERS.indexOf(a.breaker) > BREAKERS.indexOf(b.breaker) ? a.breaker : b.breaker,
  };
}
