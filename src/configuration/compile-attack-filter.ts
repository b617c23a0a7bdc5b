import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotAttackFilter } from '../contracts/snapshot/snapshot-attack-filter.ts';
import { sizeToBytes } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import type { Finding } from './config-fault.ts';
import { endOfExpiry } from './end-of-expiry.ts';

type Service = GatewayConfig['services'][number];
type Route = Service['routes'][number];
type Exclusion = NonNullable<NonNullable<GatewayConfig['attackFilter']>['exclusions']>[number];

/**
 * The attack filter of one route, null where it is off. Of each setting the nearest word counts: the route's, its service's, the
 * whole configuration's. Lists add up, so that an exclusion for all routes holds where a route has one of its own.
 */
export function compileAttackFilter(
  id: string,
  route: Route,
  service: Service,
  config: GatewayConfig,
): SnapshotAttackFilter | null {
  const levels = [route.attackFilter ?? {}, service.attackFilter ?? {}, config.attackFilter ?? {}] as const;
  const nearest = <Name extends 'mode' | 'profile' | 'maxBody' | 'whenIncomplete'>(name: Name) =>
    levels[0][name] ?? levels[1][name] ?? levels[2][name];
  const defaults = CONFIG_DEFAULTS.attackFilter;
  const mode = nearest('mode') ?? defaults.mode;
  if (mode === 'off') return null;
  const exclusions: readonly Exclusion[] = levels.flatMap((level) => level.exclusions ?? []);
  return {
    mode,
    profile: nearest('profile') ?? defaults.profile,
    fields: levels.flatMap((level) => level.fields ?? []),
    exclusions: exclusions
      .filter((one) => (one.service ?? service.name) === service.name && isRoute(id, one.route))
      .map(({ detector, field, expires }) => ({
        detector: detector === 'any' ? null : detector,
        field,
        expiresAt: endOfExpiry(expires),
      })),
    maxBodyBytes: sizeToBytes(nearest('maxBody') ?? defaults.maxBody),
    whenIncomplete: nearest('whenIncomplete') ?? defaults.whenIncomplete,
  };
}

/** Routes that differ by host name alone have the host names after their id; what is said about the bare id holds for all of them. */
function isRoute(id: string, named: string | undefined): boolean {
  return named === undefined || id === named || id.startsWith(`${named} `);
}

/** Exclusions for services that are not there. Routes are not looked for: they may come from a description later. */
export function attackFilterFaults(config: GatewayConfig): Finding[] {
  const services = new Set(config.services.map(({ name }) => name));
  return (config.attackFilter?.exclusions ?? []).flatMap(({ service }, index) =>
    service === undefined || services.has(service)
      ? []
      : [
          {
            path: ['attackFilter', 'exclusions', index, 'service'],
            code: 'unknown-service',
            message: `There is no service "${service}".`,
            hint: 'Remove the exclusion, or correct the name.',
          },
        ],
  );
}

/** Exclusions that have ended do nothing and only hide from sight that the filter works again. */
export function attackFilterWarnings(config: GatewayConfig, now: number): Finding[] {
  const warnings: Finding[] = [];
  const look = (exclusions: readonly Pick<Exclusion, 'expires'>[] | undefined, path: (string | number)[]) => {
    for (const [index, { expires }] of (exclusions ?? []).entries()) {
      if (endOfExpiry(expires) > now) continue;
      warnings.push({
        path: [...path, 'attackFilter', 'exclusions', index, 'expires'],
        code: 'exclusion-ended',
        message: `This exclusion ended on ${expires.slice(0, 10)} and does nothing any more.`,
        hint: 'Remove it, or give it a later date if the field still needs it.',
      });
    }
  };
  look(config.attackFilter?.exclusions, []);
  for (const [index, service] of config.services.entries()) {
    look(service.attackFilter?.exclusions, ['services', index]);
    for (const [at, route] of service.routes.entries()) {
      look(route.attackFilter?.exclusions, ['services', index, 'routes', at]);
    }
  }
  return warnings;
}
