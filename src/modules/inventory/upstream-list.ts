import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';

type Written = GatewayConfig['services'][number]['upstream'];

/** The address that people see and change; where there are several, the first. */
export function firstUpstream(written: Written): string {
  if (typeof written === 'string') return written;
  const [first = ''] = written;
  return typeof first === 'string' ? first : first.url;
}

/** A list with its first address as it stands now; weights and the other addresses stay. */
export function withFirstUpstream(written: Written | undefined, first: string): Written {
  if (written === undefined || typeof written === 'string') return first;
  const [old, ...others] = written;
  return [typeof old === 'object' ? { ...old, url: first } : first, ...others];
}
