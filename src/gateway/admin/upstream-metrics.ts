import type { UpstreamStatus } from '../proxy/upstream.ts';

const BREAKER = { closed: 0, 'half-open': 1, open: 2 } as const;

/** The upstreams in Prometheus' text format. Services and addresses are the owner's words, and neither can hold a quote. */
export function renderUpstreams(upstreams: readonly UpstreamStatus[]): string {
  const labels = ({ service, url }: UpstreamStatus): string => `{service="${service}",upstream="${url}"}`;
  const lines = [
    '# HELP nightlatch_upstream_up Whether an upstream is in use (1) or passed over (0).',
    '# TYPE nightlatch_upstream_up gauge',
    ...upstreams.map((one) => `nightlatch_upstream_up${labels(one)} ${one.up ? 1 : 0}`),
    '# HELP nightlatch_upstream_ejections_total How often an upstream was put out because it only failed.',
    '# TYPE nightlatch_upstream_ejections_total counter',
    ...upstreams.map((one) => `nightlatch_upstream_ejections_total${labels(one)} ${one.ejections}`),
    '# HELP nightlatch_upstream_breaker_state 0 closed, 1 half open, 2 open.',
    '# TYPE nightlatch_upstream_breaker_state gauge',
    ...upstreams.flatMap((one) =>
      one.breaker === null ? [] : [`nightlatch_upstream_breaker_state${labels(one)} ${BREAKER[one.breaker]}`],
    ),
  ];
  return `${lines.join('\n')}\n`;
}
