import type { Exchange } from '../exchange.ts';

/** Upper bounds of the duration histogram, in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

const STATUS = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Of one service: `answers` by the status' first digit (0: none was sent), and the histogram of durations. */
type Series = { answers: Float64Array; buckets: Float64Array; count: number; sumSeconds: number };

/** What was counted, as plain data: threads hand it to one another. */
export type MetricsCounts = {
  series: [string, Series][];
  vendors: [string, Series][];
  refusals: [string, number][];
  failedHandshakes: number;
  http2Breaches: number;
};

/**
 * The gateway's counters in Prometheus' text format. Kept by hand: a counter per request must cost nanoseconds, and labels
 * are few and known (service, status class, denial code), never anything that a caller chooses.
 */
export class GatewayMetrics {
  readonly #series = new Map<string, Series>();
  /** Calls of own programs to vendors, which are the service then. */
  readonly #vendors = new Map<string, Series>();
  readonly #refusals = new Map<string, number>();

  failedHandshakes = 0;
  http2Breaches = 0;

  observe(x: Exchange, durationMs: number): void {
    const service = x.route === null ? '' : x.route.service;
    const series = seriesOf(x.outbound === null ? this.#series : this.#vendors, service);
    const digit = Math.floor(x.status / 100);
    series.answers[digit] = (series.answers[digit] ?? 0) + 1;
    if (x.code !== null) this.countRefusal(x.code);
    const seconds = durationMs / 1000;
    series.count++;
    series.sumSeconds += seconds;
    for (let i = 0; i < BOUNDS.length; i++) {
      if (seconds <= (BOUNDS[i] ?? 0)) {
        series.buckets[i] = (series.buckets[i] ?? 0) + 1;
        break;
      }
    }
  }

  countRefusal(code: string, times = 1): void {
    this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + times);
  }

  counts(): MetricsCounts {
    return {
      series: [...this.#series],
      vendors: [...this.#vendors],
      refusals: [...this.#refusals],
      failedHandshakes: this.failedHandshakes,
      http2Breaches: this.http2Breaches,
    };
  }

  /** Adds what another has counted. */
  add(counts: MetricsCounts): void {
    this.failedHandshakes += counts.failedHandshakes;
    this.http2Breaches += counts.http2Breaches;
    for (const [code, times] of counts.refusals) this.countRefusal(code, times);
    addAll(this.#series, counts.series);
    addAll(this.#vendors, counts.vendors);
  }

  /** The exposition text (version 0.0.4); `gauges` are read by the caller at this moment. */
  render(gauges: Readonly<Record<string, { help: string; type: 'gauge' | 'counter'; value: number }>>): string {
    const lines: string[] = [];
    lines.push('# HELP nightlatch_requests_total Requests answered or broken off, by service and status class.');
    lines.push('# TYPE nightlatch_requests_total counter');
    for (const [labels, series] of this.#all()) {
      series.answers.forEach((value, digit) => {
        if (value > 0) lines.push(`nightlatch_requests_total{${labels},status="${STATUS[digit]}"} ${value}`);
      });
    }
    lines.push('# HELP nightlatch_refusals_total Requests that the gateway itself refused, by code.');
    lines.push('# TYPE nightlatch_refusals_total counter');
    for (const [code, value] of this.#refusals) lines.push(`nightlatch_refusals_total{code="${code}"} ${value}`);
    lines.push('# HELP nightlatch_request_duration_seconds From the request’s head to its record.');
    lines.push('# TYPE nightlatch_request_duration_seconds histogram');
    for (const [labels, series] of this.#all()) lines.push(...renderSeries(labels, series));
    for (const [name, gauge] of Object.entries(gauges)) {
      lines.push(`# HELP ${name} ${gauge.help}`, `# TYPE ${name} ${gauge.type}`, `${name} ${gauge.value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  *#all(): Generator<[labels: string, series: Series]> {
    for (const [service, series] of this.#series) yield [`service="${service}"`, series];
    for (const [vendor, series] of this.#vendors) yield [`service="${vendor}",direction="outbound"`, series];
  }
}

function seriesOf(all: Map<string, Series>, service: string): Series {
  const known = all.get(service);
  if (known !== undefined) return known;
  const made = { answers: new Float64Array(6), buckets: new Float64Array(BOUNDS.length), count: 0, sumSeconds: 0 };
  all.set(service, made);
  return made;
}

function addAll(sums: Map<string, Series>, counts: readonly [string, Series][]): void {
  for (const [service, { answers, buckets, count, sumSeconds }] of counts) {
    const series = seriesOf(sums, service);
    series.count += count;
    series.sumSeconds += sumSeconds;
    addEach(series.answers, answers);
    addEach(series.buckets, buckets);
  }
}

function addEach(sum: Float64Array, more: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (more[i] ?? 0);
}

function renderSeries(labels: string, series: Series): string[] {
  const name = 'nightlatch_request_duration_seconds';
  let cumulative = 0;
  const lines = BOUNDS.map((bound, i) => {
    cumulative += series.buckets[i] ?? 0;
    return `${name}_bucket{${labels},le="${bound}"} ${cumulative}`;
  });
  lines.push(`${name}_bucket{${labels},le="+Inf"} ${series.count}`);
  lines.push(`${name}_sum{${labels}} ${series.sumSeconds}`, `${name}_count{${labels}} ${series.count}`);
  return lines;
}
