import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { timerFault } from './check-server.ts';
import { listUpstreams } from './compile-upstreams.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';

type Service = GatewayConfig['services'][number];

/** What the schema cannot say about a service's upstreams, their timeouts, health checks and breaker. */
export function checkUpstreams(path: ConfigPath, service: Service): Finding[] {
  const { timeouts, health, breaker } = service;
  const findings = addressFaults([...path, 'upstream'], service.upstream);
  const timers = {
    timeouts: { connect: timeouts?.connect, response: timeouts?.response, idle: timeouts?.idle },
    health: { interval: health?.interval, timeout: health?.timeout },
    breaker: { window: breaker?.window, open: breaker?.open },
  };
  for (const [group, own] of Object.entries(timers)) {
    for (const [key, text] of Object.entries(own)) findings.push(...timerFault([...path, group, key], text));
  }
  if (typeof health?.status === 'string' && Number(health.status.slice(0, 3)) > Number(health.status.slice(4))) {
    findings.push({
      path: [...path, 'health', 'status'],
      code: 'range-reversed',
      message: `No status lies between the two of "${health.status}".`,
      hint: 'Write the lower one first: 200-399.',
    });
  }
  return findings;
}

function addressFaults(path: ConfigPath, written: Service['upstream']): Finding[] {
  if (typeof written === 'string') return addressFault(path, written);
  const seen = new Map<string, ConfigPath>();
  return written.flatMap((entry, index) => {
    const place = typeof entry === 'string' ? [...path, index] : [...path, index, 'url'];
    const faults = addressFault(place, typeof entry === 'string' ? entry : entry.url);
    const url = listUpstreams([entry])[0]?.url ?? '';
    const before = seen.get(url);
    if (before === undefined) seen.set(url, place);
    else if (faults.length === 0) {
      faults.push({
        path: place,
        code: 'duplicate',
        message: `This upstream stands in the list twice; the first is at ${placeOf(before)}.`,
        hint: 'To send it more requests than the others, give it a weight: { url: …, weight: 2 }.',
      });
    }
    return faults;
  });
}

function addressFault(path: ConfigPath, upstream: string): Finding[] {
  const url = new URL(upstream);
  const odd =
    url.username !== '' || url.password !== ''
      ? 'a user name or password'
      : url.search !== '' || upstream.includes('?')
        ? 'a query'
        : url.hash !== '' || upstream.includes('#')
          ? 'a fragment ("#")'
          : null;
  if (odd === null) return [];
  return [
    {
      path,
      code: 'upstream-invalid',
      message: `An upstream cannot hold ${odd}.`,
      hint: 'Write scheme, host, port and at most a base path, such as http://127.0.0.1:3000/api.',
    },
  ];
}
