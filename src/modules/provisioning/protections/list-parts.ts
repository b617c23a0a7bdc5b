import { routeId } from '../../../configuration/index.ts';
import type { Protection } from '../../../contracts/api/protections.ts';
import type { Mode } from '../../../contracts/config/config-words.ts';
import { isLoginPath } from '../../../contracts/login-paths.ts';
import type { ServiceWithIds } from '../../inventory/index.ts';
import type { GatewayWide } from '../store.ts';

/** Something with a mode of its own, and the policies that speak for it. */
export type ProtectionPart = Pick<
  Protection,
  'id' | 'kind' | 'part' | 'service' | 'route' | 'mode' | 'effective' | 'modes' | 'setting'
> & { readonly policies: readonly string[] };

type Route = ServiceWithIds['routes'][number]['config'];
type Place = { service: string; route: string };

const MODES: Mode[] = ['off', 'monitor', 'enforce'];
const ATTACKS = ['attack-filter'];
const INPUT = ['validate'];
const ANSWERS = ['response-guard'];
const LEARNT = ['learnt-ownership'];
const LOGIN = ['login-by-address', 'login-by-network', 'login-by-account'];
/** Those that follow the mode of their route; a whole route that only watches holds back the others as well. */
const RULES = [
  ...['authenticate', 'authorize-scopes', 'ownership', 'ownership-answer', 'concurrency', 'rate-limit-address'],
  ...['rate-limit-consumer', 'rate-limit-request', 'rate-limit-body'],
];

/** Every protection of a configuration that can be off, watch or protect, with the default where nobody said anything. */
export function listParts(services: readonly ServiceWithIds[], wide: GatewayWide): ProtectionPart[] {
  return [...wholeParts(services, wide), ...services.flatMap((service) => servicePartsOf(service, wide.defaults))];
}

function wholeParts(services: readonly ServiceWithIds[], wide: GatewayWide): ProtectionPart[] {
  if (services.length === 0) return [];
  const guard = wide.responseGuard === undefined ? 'off' : (wide.responseGuard.mode ?? 'monitor');
  const whole = { part: 'whole', service: null, route: null, modes: MODES } as const;
  const at = '/api/settings';
  const filter = wide.attackFilter?.mode ?? 'monitor';
  return [
    {
      ...{ ...whole, id: 'attack-filter', kind: 'attacks', mode: filter, effective: filter },
      ...{ setting: { at, member: 'attackFilter' }, policies: ATTACKS },
    },
    {
      ...{ ...whole, id: 'response-guard', kind: 'answers', mode: guard, effective: guard, modes: MODES },
      ...{ setting: { at, member: 'responseGuard' }, policies: ANSWERS },
    },
    {
      ...{ ...whole, id: 'bans', kind: 'guessing', mode: wide.bans?.mode ?? 'monitor', modes: MODES },
      ...{ effective: wide.bans?.mode ?? 'monitor', setting: { at, member: 'bans' }, policies: ['bans'] },
    },
  ];
}

function servicePartsOf({ id, config, routes }: ServiceWithIds, defaults: GatewayWide['defaults']): ProtectionPart[] {
  const parts: ProtectionPart[] = [];
  const at = `/api/services/${id}/settings`;
  const base = { part: 'service', service: config.name, route: null, modes: MODES } as const;
  const filter = config.attackFilter?.mode;
  if (filter !== undefined) {
    parts.push({
      ...{ ...base, id: `attack-filter ${config.name}`, kind: 'attacks', mode: filter, effective: filter },
      ...{ setting: { at, member: 'attackFilter' }, policies: ATTACKS },
    });
  }
  if (config.openapi !== undefined) {
    const mode = config.openapi.mode ?? 'monitor';
    const setting = { at, member: 'openapi' };
    parts.push({
      ...{ ...base, id: `validate ${config.name}`, kind: 'input', mode, effective: mode, modes: MODES },
      ...{ setting, policies: INPUT },
    });
  }
  // Who owns what can be learnt only where a path names something.
  if (config.ownership !== undefined || routes.some((route) => route.config.match.path.includes('{'))) {
    const own = config.ownership;
    const mode = own === 'off' ? 'off' : typeof own === 'object' ? (own.learn.mode ?? 'monitor') : 'monitor';
    const setting = { at, member: 'ownership' };
    parts.push({
      ...{ ...base, id: `learnt-ownership ${config.name}`, kind: 'ownership', mode, effective: mode, modes: MODES },
      ...{ setting, policies: LEARNT },
    });
  }
  for (const route of routes) parts.push(...routeParts(route.id, route.config, config.name, defaults));
  return parts;
}

function routeParts(
  id: string,
  route: Route,
  service: string,
  loginDefault: GatewayWide['defaults'],
): ProtectionPart[] {
  const place = { service, route: routeId(route.match.methods ?? [], route.match.path) };
  const whole = route.mode ?? 'enforce';
  const own = (kind: Protection['kind'], mode: Mode, member: string, policies: readonly string[]): ProtectionPart => ({
    ...{ ...idOf(policies[0] ?? member, place), kind, part: 'route', mode, effective: lesser(mode, whole) },
    ...{ modes: MODES, setting: { at: `/api/routes/${id}/settings`, member }, policies },
  });
  const parts: ProtectionPart[] = [
    {
      ...{ ...idOf('route', place), kind: 'rules', part: 'route', mode: whole, effective: whole, modes: MODES },
      ...{ setting: { at: `/api/routes/${id}`, member: 'mode' }, policies: RULES },
    },
  ];
  if (route.attackFilter?.mode !== undefined) {
    parts.push(own('attacks', route.attackFilter.mode, 'attackFilter', ATTACKS));
  }
  if (route.validate !== undefined) {
    parts.push(own('input', route.validate.mode ?? 'monitor', 'validate', INPUT));
  }
  if (route.responseGuard?.mode !== undefined) {
    parts.push(own('answers', route.responseGuard.mode, 'responseGuard', ANSWERS));
  }
  const learn = learnOf(route);
  if (learn !== null) parts.push(own('ownership', learn, 'ownership', LEARNT));
  const login = loginOf(route, loginDefault);
  if (login !== null) {
    // It has no mode of its own: where it is not off it does what the whole route does.
    parts.push({ ...own('guessing', login, 'loginProtection', LOGIN), modes: ['off', 'enforce'] });
  }
  return parts;
}

const idOf = (what: string, { service, route }: Place) => ({ id: `${what} ${service} ${route}`, service, route });

/** What a part does on a route that does `whole`. */
function lesser(mode: Mode, whole: Mode): Mode {
  return MODES.indexOf(mode) < MODES.indexOf(whole) ? mode : whole;
}

/** Whether guessing is slowed down; null where a route is no log-in. */
function loginOf({ match, loginProtection }: Route, byDefault: GatewayWide['defaults']): Mode | null {
  if (loginProtection !== undefined) return loginProtection === 'off' ? 'off' : 'enforce';
  const posts = match.methods === undefined || match.methods.length === 0 || match.methods.includes('POST');
  if (!posts || !isLoginPath(match.path)) return null;
  return byDefault?.loginProtection === 'off' ? 'off' : 'enforce';
}

/** The mode of what a route itself says about learning; null where it says nothing about it. */
function learnOf({ ownership }: Route): Mode | null {
  if (ownership === 'learn') return 'monitor';
  if (ownership === undefined || ownership === 'off') return null;
  const rules = Array.isArray(ownership) ? ownership : [ownership];
  const learn = rules.find((rule) => rule.learn !== undefined)?.learn;
  return learn === undefined ? null : (learn.mode ?? 'monitor');
}
