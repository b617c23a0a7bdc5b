import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotLock } from '../contracts/snapshot/snapshot-lock.ts';
import type { SnapshotRoute } from '../contracts/snapshot/snapshot-route.ts';
import { SchemaInvalid } from '../json-schema/schema-fault.ts';
import { AppError } from '../platform/app-error.ts';
import type { Counters } from '../storage/counters/counters.ts';
import { compileAnswerHeaders } from './answers/answer-headers.ts';
import { compileAnswerSteps } from './answers/answer-pipeline.ts';
import { callerFactory } from './caller.ts';
import type { CompiledKey, CompiledLock, CompiledRoute, Runtime, Step } from './exchange.ts';
import { inSlices } from './in-slices.ts';
import { compileBlockList } from './listener/block-list.ts';
import { compileTrustedProxies } from './listener/client-address.ts';
import { createHeaderRules } from './listener/header-rules.ts';
import type { OwnerMemory } from './ownership/owner-memory.ts';
import { PIPELINE } from './pipeline.ts';
import { compileTokens } from './policies/authenticate/jwt/compile-tokens.ts';
import type { KeySources } from './policies/authenticate/jwt/fetched-keys.ts';
import { createRouteTable } from './proxy/router.ts';
import type { Upstream, Upstreams } from './proxy/upstreams.ts';
import type { SchemaCache } from './validation/schema-cache.ts';

/** Compiles a snapshot. Throws `AppError('snapshot-invalid')` when it contradicts itself. */
export async function compileRuntime(
  snapshot: GatewaySnapshot,
  counters: Counters,
  upstreams: Upstreams,
  keySources: KeySources,
  schemas: SchemaCache,
  owners: OwnerMemory,
): Promise<Runtime> {
  const services = new Map(snapshot.services.map((service) => [service.name, upstreams.acquire(service)]));
  const limiterIds = new Set<string>();
  const context = { counters, usesLimiter: (id: string) => void limiterIds.add(id), schemas, owners };
  const routes: CompiledRoute[] = [];
  await inSlices(snapshot.routes, (route) => {
    const upstream = services.get(route.service);
    if (upstream === undefined) throw invalid(`route "${route.id}" belongs to an unknown service "${route.service}"`);
    try {
      routes.push(compileRoute(route, upstream, context, snapshot.answers.budgetBytes));
    } catch (error) {
      if (!(error instanceof SchemaInvalid)) throw error;
      throw invalid(`a schema of route "${route.id}" cannot be used (${error.message.replace(/\.$/, '')})`);
    }
  });
  const names = snapshot.server.identityHeaders;
  const makeCaller = callerFactory(names);
  const runtime: Runtime = {
    snapshot,
    revision: snapshot.revision,
    server: snapshot.server,
    hostnames: new Set(snapshot.server.hostnames),
    trusted: compileTrustedProxies(snapshot.server.trustedProxies),
    headerRules: createHeaderRules([names.consumer, names.scopes, names.route]),
    router: await createRouteTable(routes),
    keysByHash: compileKeys(snapshot, makeCaller),
    tokens: compileTokens(snapshot, keySources, makeCaller),
    lock: snapshot.lock === null ? null : compileLock(snapshot.lock),
    blockList: compileBlockList(snapshot.blocklist),
    answerHeaders: compileAnswerHeaders(snapshot.answers),
    hsts: snapshot.server.hstsSeconds === null ? null : `max-age=${snapshot.server.hstsSeconds}`,
  };
  counters.retain(limiterIds);
  schemas.retain();
  return runtime;
}

function compileRoute(
  route: SnapshotRoute,
  upstream: Upstream,
  context: Parameters<(typeof PIPELINE)[number]['create']>[1],
  answerBudgetBytes: number,
): CompiledRoute {
  const steps: Step[] = [];
  for (const policy of PIPELINE) {
    if (route.mode === 'off' && policy.alwaysEnforced !== true) continue;
    const run = policy.create(route, context);
    if (run === null) continue;
    const mode = policy.modeOf?.(route) ?? route.mode;
    const enforce = policy.alwaysEnforced === true || mode === 'enforce';
    steps.push({ policy: policy.id, enforce, isQuiet: policy.isQuiet === true, run });
  }
  const spoken = steps.filter((step) => !step.isQuiet);
  const answerSteps = compileAnswerSteps(route, context);
  return {
    id: route.id,
    service: route.service,
    path: route.path,
    methods: route.methods,
    hostnames: route.hostnames,
    bodyLimitBytes: route.bodyLimitBytes,
    steps,
    answerSteps,
    answerBudgetBytes,
    // What is only watched is left as it is on its way.
    asksPlain: answerSteps.some((step) => step.policy !== 'learnt-ownership' || route.learning?.mode === 'enforce'),
    upstream,
    identity: /^[\x20-\x7e]*$/.test(route.id) ? route.id : encodeURI(route.id),
    rateLimitPolicy: route.rateLimits
      .map((limit) => `"${limit.name}";q=${limit.quota};w=${Math.ceil(limit.windowMs / 1000)}`)
      .join(', '),
    eventPlace: `"service":${JSON.stringify(route.service)},"route":${JSON.stringify(route.id)}`,
    eventPath: route.path.endsWith('/*') ? null : JSON.stringify(route.path),
    eventAllowed: JSON.stringify(spoken.map((step) => ({ policy: step.policy, decision: 'allow' }))),
  };
}

function compileKeys(
  snapshot: GatewaySnapshot,
  makeCaller: ReturnType<typeof callerFactory>,
): Map<string, CompiledKey> {
  const consumers = new Map(snapshot.consumers.map((consumer) => [consumer.name, consumer]));
  const keys = new Map<string, CompiledKey>();
  for (const key of snapshot.keys) {
    const consumer = consumers.get(key.consumer);
    if (consumer === undefined) throw invalid(`key "${key.id}" belongs to an unknown consumer "${key.consumer}"`);
    const caller = makeCaller({
      consumer: consumer.name,
      keyId: key.id,
      issuer: null,
      scopes: key.scopes ?? consumer.scopes,
      attributes: consumer.attributes,
      limitKey: consumer.name,
      expiresAt: key.expiresAt,
      recordedAs: consumer.name,
    });
    keys.set(key.hash, { caller, revoked: key.revoked });
  }
  return keys;
}

function compileLock(lock: SnapshotLock): CompiledLock {
  return {
    routes: lock.routes === 'all' ? 'all' : new Set(lock.routes),
    allowConsumers: new Set(lock.allowConsumers),
    refusal: {
      code: 'locked',
      headers: ['Retry-After', '60'],
      ...(lock.message === '' ? {} : { publicDetail: lock.message }),
    },
  };
}

function invalid(reason: string): AppError {
  return new AppError('snapshot-invalid', `The configuration contradicts itself: ${reason}.`, {
    status: 422,
    next: 'Correct it and apply it again; the configuration in service was not changed.',
  });
}
