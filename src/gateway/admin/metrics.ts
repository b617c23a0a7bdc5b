import type { Exchange } from '../exchange.ts';

/** Upper bounds of the duration histogram, in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

const STATUS = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Of one service: `answers` by the status' first digit (0: none was sent), and the histogram of durations. */
type Series = { answers: Float64Array; buckets: Float64Array; count: number; sumSeconds: number };

/** What was counted, as plain data: threads hand it to one another. */
export type MetricsCounts = { series: [string, Series][]; refusals: [string, number][]; failedHandshakes: number };

/**
 * The gateway's counters in Prometheus' text format. Kept by hand: a counter per request must cost nanoseconds, and labels
 * are few and known (service, status class, denial code), never anything that a caller chooses.
 */
export class GatewayMetrics {
  readonly #series = new Map<string, Series>();
  readonly #refusals = new Map<string, number>();

  failedHandshakes = 0;

  observe(x: Exchange, durationMs: number): void {
    const service = x.route === null ? '' : x.route.service;
    const series = this.#seriesOf(service);
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
    return { series: [...this.#series], refusals: [...this.#refusals], failedHandshakes: this.failedHandshakes };
  }

  /** Adds what another has counted. */
  add(counts: MetricsCounts): void {
    this.failedHandshakes += counts.failedHandshakes;
    for (const [code, times] of counts.refusals) this.countRefusal(code, times);
    for (const [service, { answers, buckets, count, sumSeconds }] of counts.series) {
      const series = this.#seriesOf(service);
      series.count += count;
      series.sumSeconds += sumSeconds;
      addEach(series.answers, answers);
      addEach(series.buckets, buckets);
    }
  }

  /** The exposition text (version 0.0.4); `gauges` are read by the caller at this moment. */
  render(gauges: Readonly<Record<string, { help: string; type: 'gauge' | 'counter'; value: number }>>): string {
    const lines: string[] = [];
    lines.push('# HELP nightlatch_requests_total Requests answered or broken off, by service and status class.');
    lines.push('# TYPE nightlatch_requests_total counter');
    for (const [service, series] of this.#series) {
      series.answers.forEach((value, digit) => {
        if (value > 0) lines.push(`nightlatch_requests_total{service="${service}",status="${STATUS[digit]}"} ${value}`);
      });
    }
    lines.push('# HELP nightlatch_refusals_total Requests that the gateway itself refused, by code.');
    lines.push('# TYPE nightlatch_refusals_total counter');
    for (const [code, value] of this.#refusals) lines.push(`nightlatch_refusals_total{code="${code}"} ${value}`);
    lines.push('# HELP nightlatch_request_duration_seconds From the request’s head to its record.');
    lines.push('# TYPE nightlatch_request_duration_seconds histogram');
    for (const [service, series] of this.#series) lines.push(...renderSeries(service, series));
    for (const [name, gauge] of Object.entries(gauges)) {
      lines.push(`# HELP ${name} ${gauge.help}`, `# TYPE ${name} ${gauge.type}`, `${name} ${gauge.value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #seriesOf(service: string): Series {
    const known = this.#series.get(service);
    if (known !== undefined) return known;
    const made = { answers: new Float64Array(6), buckets: new Float64Array(BOUNDS.length), count: 0, sumSeconds: 0 };
    this.#series.set(service, made);
    return made;
  }
}

function addEach(sum: Float64Array, more: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (more[i] ?? 0);
}

function renderSeries(service: string, series: Series): string[] {
  const name = 'nightlatch_request_duration_seconds';
  let cumulative = 0;
  const lines = BOUNDS.map((bound, i) => {
    cumulative += series.buckets[i] ?? 0;
    return `${name}_bucket{service="${service}",le="${bound}"} ${cumulative}`;
  });
  lines.push(`${name}_bucket{service="${service}",le="+Inf"} ${series.count}`);
  lines.push(
    `${name}_sum{service="${service}"} ${series.sumSeconds}`,
    `${name}_count{service="${service}"} ${series.count}`,
  );
  return lines;
}
