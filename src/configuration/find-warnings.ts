import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { openapiWarnings } from './check-openapi.ts';
import { ownershipWarnings } from './check-ownership.ts';
import type { Finding } from './config-fault.ts';
import { loginWarnings } from './login-warnings.ts';
import { outboundWarnings } from './outbound-warnings.ts';

/** What can be put into service and is probably not what was meant. */
export function findWarnings(config: GatewayConfig): Finding[] {
  const warnings: Finding[] = [];
  for (const [index, cidr] of (config.server?.trustedProxies ?? []).entries()) {
    if (cidr.endsWith('/0')) {
      warnings.push({
        path: ['server', 'trustedProxies', index],
        code: 'trusts-everybody',
        message: `"${cidr}" lets every caller choose the address that is recorded and limited.`,
        hint: 'List only the proxies that stand in front of this gateway.',
      });
    }
  }
  const { https, hsts } = config.server ?? {};
  if (https === 'self-signed' && hsts !== undefined && hsts !== 'off') {
    warnings.push({
      path: ['server', 'hsts'],
      code: 'hsts-self-signed',
      message: 'Browsers are not told to insist on HTTPS while the certificate is self-signed.',
      hint: 'It takes effect with a certificate of your own: https: { cert: FILE, key: FILE }.',
    });
  }
  warnings.push(...outboundWarnings(config));
  const held = new Set(
    (config.consumers ?? []).flatMap((consumer) => [
      ...(consumer.scopes ?? []),
      ...(consumer.keys ?? []).flatMap((key) => key.scopes ?? []),
    ]),
  );
  for (const scope of Object.values(config.webhooks ?? {}).flatMap((webhook) => webhook.scopes ?? [])) held.add(scope);
  const hostnames = new Set((config.server?.hostnames ?? []).map((name) => name.toLowerCase()));
  for (const [index, service] of config.services.entries()) {
    for (const [routeIndex, route] of service.routes.entries()) {
      const path = ['services', index, 'routes', routeIndex];
      for (const [scopeIndex, scope] of (route.scopes ?? []).entries()) {
        // What tokens hold is their issuer's business.
        if (!held.has(scope) && config.jwt === undefined && config.oauth2 === undefined) {
          warnings.push({
            path: [...path, 'scopes', scopeIndex],
            code: 'scope-unheld',
            message: `No consumer has the scope "${scope}", so nobody can call this route.`,
            hint: 'Give it to a consumer, or remove it here.',
          });
        }
      }
      for (const [hostIndex, hostname] of (route.match.hostnames ?? []).entries()) {
        if (hostnames.size > 0 && !hostnames.has(hostname.toLowerCase())) {
          warnings.push({
            path: [...path, 'match', 'hostnames', hostIndex],
            code: 'hostname-unserved',
            message: `The gateway does not answer for "${hostname}", so this route is never reached.`,
            hint: 'Add it to server.hostnames.',
          });
        }
      }
    }
  }
  for (const [index, consumer] of (config.consumers ?? []).entries()) {
    for (const [keyIndex, key] of (consumer.keys ?? []).entries()) {
      for (const [scopeIndex, scope] of (key.scopes ?? []).entries()) {
        if (consumer.scopes !== undefined && !consumer.scopes.includes(scope)) {
          warnings.push({
            path: ['consumers', index, 'keys', keyIndex, 'scopes', scopeIndex],
            code: 'scope-beyond-consumer',
            message: `This key has the scope "${scope}", which its consumer does not list.`,
            hint: 'Add it to the consumer, or remove it here.',
          });
        }
      }
    }
  }
  return [...warnings, ...loginWarnings(config), ...openapiWarnings(config), ...ownershipWarnings(config)];
}
