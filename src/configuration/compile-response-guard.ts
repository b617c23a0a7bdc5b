import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotAnswers, SnapshotResponseGuard } from '../contracts/snapshot/snapshot-response-guard.ts';
import { sizeToBytes } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';

type Route = GatewayConfig['services'][number]['routes'][number];

/** Fields that tell strangers which software runs here, and in which version. */
const NAMING_SOFTWARE = ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator'];

/** What holds for all answers. Fields that name software are dropped even where no guard is configured. */
export function compileAnswers(guard: GatewayConfig['responseGuard']): SnapshotAnswers {
  return {
    stripHeaders:
      guard?.mode === 'off' ? [] : (guard?.stripHeaders ?? NAMING_SOFTWARE).map((name) => name.toLowerCase()),
    noSniff: guard?.mode !== 'off' && (guard?.securityHeaders ?? true),
    // Each field costs time on every answer: without a guard the one alone that no API can do without.
    securityHeaders: guard !== undefined && guard.mode !== 'off' && (guard.securityHeaders ?? true),
    budgetBytes: sizeToBytes(guard?.budget ?? CONFIG_DEFAULTS.answerBudget),
  };
}

/** The guard of one route; null where neither the route nor the whole configuration asks for one. */
export function compileRouteGuard(route: Route, config: GatewayConfig): SnapshotResponseGuard | null {
  if (config.responseGuard === undefined && route.responseGuard === undefined) return null;
  const whole = config.responseGuard ?? {};
  const own = route.responseGuard ?? {};
  const mode = own.mode ?? whole.mode ?? 'monitor';
  if (mode === 'off') return null;
  return {
    mode,
    cards: own.cards ?? whole.cards ?? 'mask',
    secrets: own.secrets ?? whole.secrets ?? 'block',
    errors: own.errors ?? whole.errors ?? 'block',
    personalData: own.personalData ?? whole.personalData ?? 'count',
  };
}
