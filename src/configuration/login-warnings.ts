import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { compileLoginProtection } from './compile-limits.ts';
import type { Finding } from './config-fault.ts';

/** Says where log-ins are guarded though nobody asked for it, so that nobody has to search for the 429. */
export function loginWarnings(config: GatewayConfig): Finding[] {
  const warnings: Finding[] = [];
  for (const [index, service] of config.services.entries()) {
    for (const [routeIndex, route] of service.routes.entries()) {
      if (route.loginProtection !== undefined || (route.mode ?? config.defaults?.mode) === 'off') continue;
      const guard = compileLoginProtection(route, config.defaults?.loginProtection);
      // On a route of many paths it concerns log-ins alone, if there are any.
      if (guard === null || guard.byPath) continue;
      const each = [
        ...(guard.perAddress === null ? [] : [`${guard.perAddress} from one address`]),
        ...(guard.perAccount === null ? [] : [`${guard.perAccount} for one account`]),
      ];
      warnings.push({
        path: ['services', index, 'routes', routeIndex, 'match', 'path'],
        code: 'login-protected',
        message: `"${route.match.path}" looks like a log-in: ${each.join(' and ')} may be tried per minute.`,
        hint: 'Write loginProtection: { perAddress: 5, perAccount: 5 } to choose the numbers, or loginProtection: off.',
      });
    }
  }
  return warnings;
}
