import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { LearnSettings, OwnershipRule } from '../contracts/config/ownership-config.ts';
import type { SnapshotLearning } from '../contracts/snapshot/snapshot-ownership.ts';
import type { SnapshotRoute } from '../contracts/snapshot/snapshot-route.ts';
import { durationToMs } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';

type Service = GatewayConfig['services'][number];
type Route = Service['routes'][number];
type Compiled = Pick<SnapshotRoute, 'ownership' | 'ownAnswers' | 'learning'>;

/** The rules of a route as a list, whichever way they are written. */
export function ownershipRules(route: Route): readonly OwnershipRule[] {
  const own = route.ownership;
  if (own === undefined || own === 'off') return [];
  if (own === 'learn') return [{ learn: {} }];
  return Array.isArray(own) ? own : [own];
}

/** What a route's own rules compare. */
export function compileRules(route: Route): Pick<Compiled, 'ownership' | 'ownAnswers'> {
  const rules = ownershipRules(route);
  const params = rules.flatMap(({ param, equals }) =>
    param === undefined || equals === undefined ? [] : [{ param, equals }],
  );
  return {
    ownership: params.length === 0 ? null : params,
    ownAnswers: rules.flatMap(({ answer }) => {
      if (answer === undefined) return [];
      const items = answer.items === undefined ? null : answer.items === '' ? [] : answer.items.split('.');
      return [{ items, field: answer.field.split('.'), equals: answer.equals, action: answer.action ?? 'filter' }];
    }),
  };
}

/** What is learnt on each route of a service, in their order; `open` says which ask nobody who they are. */
export function compileLearning(service: Service, open: readonly boolean[]): (SnapshotLearning | null)[] {
  const learning = service.routes.map((route, index) => (open[index] === true ? null : learnOn(route, service)));
  const byCollection = new Map<string, SnapshotLearning>();
  for (const [index, one] of learning.entries()) {
    const last = one?.ids.at(-1);
    const path = service.routes[index]?.match.path ?? '';
    // The collection of /orders/{orderId} and of /orders/{orderId}/tracking is /orders.
    if (one === null || one === undefined || last === undefined) continue;
    const collection = shapeOf(path).slice(0, last.resource.length - '/{}'.length);
    if (!byCollection.has(collection)) byCollection.set(collection, one);
  }
  return service.routes.map((route, index) => {
    const own = learning[index] ?? null;
    const around = byCollection.get(shapeOf(route.match.path)) ?? null;
    if (open[index] === true || route.ownership === 'off' || around === null) return own;
    const resource = around.ids.at(-1)?.resource ?? '';
    return { ...(own ?? { ...around, ids: [] }), lists: { resource, names: idNames(service, resource) } };
  });
}

function learnOn(route: Route, service: Service): SnapshotLearning | null {
  const written = ownershipRules(route).find(({ learn }) => learn !== undefined)?.learn;
  if (written === undefined && (route.ownership !== undefined || service.ownership === 'off')) return null;
  const ids = idsIn(route.match.path, written !== undefined);
  if (ids.length === 0) return null;
  const around = typeof service.ownership === 'object' ? service.ownership.learn : {};
  const settings: LearnSettings = { ...around, ...written };
  const mode = settings.mode ?? 'monitor';
  if (mode === 'off') return null;
  return {
    mode,
    subject: settings.subject ?? null,
    frontEnds: settings.frontEnds ?? [],
    exempt: settings.exempt ?? [],
    periodMs: durationToMs(settings.period ?? CONFIG_DEFAULTS.learningPeriod),
    ids,
    lists: null,
  };
}

/** Parameters whose names say that they are ids; all of them where learning was asked for. */
function idsIn(path: string, all: boolean): SnapshotLearning['ids'] {
  const ids: { resource: string; index: number }[] = [];
  let resource = '';
  let index = 0;
  for (const segment of path.split('/').slice(1)) {
    const name = parameterIn(segment);
    resource += name === null ? `/${segment}` : '/{}';
    if (name === null) continue;
    if (all || ID_NAME.test(name)) ids.push({ resource, index });
    index++;
  }
  return ids;
}

const ID_NAME = /^(id|uuid|guid|no|nr|number)$|(Id|ID|Uuid|UUID|Guid|No|Nr|Number|_id|_uuid|_guid|_no|_nr|_number)$/;

const parameterIn = (segment: string): string | null => /^\{(.+)\}$/.exec(segment)?.[1] ?? null;

const shapeOf = (path: string): string => path.replace(/\{[^}]+\}/g, '{}').replace(/\/$/, '');

/** How ids of a resource may be called in answers: as the parameter is, `id`, `uuid`, and `orderId` for /orders. */
function idNames(service: Service, resource: string): string[] {
  const names = new Set(['id', 'uuid', '_id']);
  for (const { match } of service.routes) {
    if (!`${shapeOf(match.path)}/`.startsWith(`${resource}/`)) continue;
    const name = parameterIn(match.path.split('/')[resource.split('/').length - 1] ?? '');
    if (name !== null) names.add(name);
  }
  const word = /([A-Za-z0-9]+)\/\{\}$/.exec(resource)?.[1] ?? '';
  const one = word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '');
  if (one !== '') for (const suffix of ['Id', '_id', 'Uuid', '_uuid']) names.add(one + suffix);
  return [...names];
}
