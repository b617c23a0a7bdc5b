import ipaddr from 'ipaddr.js';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotException } from '../contracts/snapshot/snapshot-exception.ts';
import type { Finding } from './config-fault.ts';

/** Exceptions as the gateway needs them. */
export function compileExceptions(exceptions: GatewayConfig['exceptions']): SnapshotException[] {
  return (exceptions ?? []).map(({ policy, service, route, code, consumer, address, places, expires }) => ({
    policy,
    service,
    route,
    code: code ?? null,
    consumer: consumer ?? null,
    address: address === undefined ? null : ipaddr.process(address).toString(),
    places: places ?? null,
    expiresAt: Date.parse(expires),
  }));
}

/** Exceptions for services that are not there. Routes are not looked for: they may come from a description later. */
export function exceptionFaults(config: GatewayConfig): Finding[] {
  const services = new Set(config.services.map((service) => service.name));
  return (config.exceptions ?? []).flatMap(({ service }, index) =>
    services.has(service)
      ? []
      : [
          {
            path: ['exceptions', index, 'service'],
            code: 'unknown-service',
            message: `There is no service "${service}".`,
            hint: 'Remove the exception, or correct the name.',
          },
        ],
  );
}
