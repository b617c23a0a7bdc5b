import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotLock } from '../contracts/snapshot/snapshot-lock.ts';
import type { SnapshotRoute } from '../contracts/snapshot/snapshot-route.ts';
import { SchemaInvalid } from '../json-schema/schema-fault.ts';
import { AppError } from '../platform/app-error.ts';
import type { Counters } from '../storage/counters/counters.ts';
import { compileAnswerHeaders } from './answers/answer-headers.ts';
import { compileAnswerSteps } from './answers/answer-pipeline.ts';
import { callerFactory } from './caller.ts';
import type { Drafts } from './drafting/drafts.ts';
import { learnerStep } from './drafting/learner-step.ts';
import { compileExceptions } from './exceptions.ts';
import type { CompiledKey, CompiledLock, CompiledRoute, Learner, Runtime, Step } from './exchange.ts';
import { inSlices } from './in-slices.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { compileBlockList } from './listener/block-list.ts';
import { compileTrustedProxies } from './listener/client-address.ts';
import { createHeaderRules } from './listener/header-rules.ts';
import { compileVendors, type OutboundParts } from './outbound/compile-vendors.ts';
import type { OwnerMemory } from './ownership/owner-memory.ts';
import { PIPELINE } from './pipeline.ts';
import { Passwords } from './policies/authenticate/basic/passwords.ts';
import type { CredentialSources } from './policies/authenticate/credential-sources.ts';
import { compileTokens } from './policies/authenticate/jwt/compile-tokens.ts';
import { ClientCertificates } from './policies/authenticate/mtls/client-certificates.ts';
import { compileIntrospection } from './policies/authenticate/oauth2/compile-introspection.ts';
import { compileWebhooks } from './policies/authenticate/webhook/compile-webhooks.ts';
import type { SeenDeliveries } from './policies/authenticate/webhook/seen-deliveries.ts';
import { loginLimits } from './policies/login-protection.ts';
import type { PolicyContext } from './policies/policy.ts';
import { createRouteTable } from './proxy/router.ts';
import type { ServiceUpstreams } from './proxy/service-upstreams.ts';
import type { Upstreams } from './proxy/upstreams.ts';
import { createAnswerCheck } from './validation/answer-check.ts';
import type { SchemaCache } from './validation/schema-cache.ts';

/** What outlives a configuration and every new one is compiled with. */
type RuntimeParts = {
  readonly counters: Counters;
  readonly upstreams: Upstreams;
  readonly sources: CredentialSources;
  readonly schemas: SchemaCache;
  readonly seenDeliveries: SeenDeliveries;
  readonly outbound: OutboundParts;
  readonly owners: OwnerMemory;
  readonly drafts: Drafts;
  readonly secrets: KnownSecrets;
};

/** Compiles a snapshot. Throws `AppError('snapshot-invalid')` when it contradicts itself. */
export async function compileRuntime(
  snapshot: GatewaySnapshot,
  { counters, upstreams, sources, schemas, seenDeliveries, outbound, owners, drafts, secrets }: RuntimeParts,
): Promise<Runtime> {
  const services = new Map(snapshot.services.map((service) => [service.name, upstreams.acquire(service)]));
  const described = new Map(snapshot.services.map((service) => [service.name, service.schemas]));
  const context = {
    counters,
    schemas,
    owners,
    library: libraries((name) => schemas.library(described.get(name) ?? {})),
  };
  const routes: CompiledRoute[] = [];
  await inSlices(snapshot.routes, (route) => {
    const own = services.get(route.service);
    if (own === undefined) throw invalid(`route "${route.id}" belongs to an unknown service "${route.service}"`);
    try {
      const learner = snapshot.drafts === null ? null : learnerStep(route, snapshot.drafts, drafts);
      routes.push(compileRoute(route, own, context, snapshot.answers.budgetBytes, PIPELINE, learner));
    } catch (error) {
      if (!(error instanceof SchemaInvalid)) throw error;
      throw invalid(`a schema of route "${route.id}" cannot be used (${error.message.replace(/\.$/, '')})`);
    }
  });
  const names = snapshot.server.identityHeaders;
  const makeCaller = callerFactory(names);
  const gaps = secrets.gaps();
  const runtime: Runtime = {
    snapshot,
    revision: snapshot.revision,
    server: snapshot.server,
    hostnames: new Set(snapshot.server.hostnames),
    trusted: compileTrustedProxies(snapshot.server.trustedProxies),
    headerRules: createHeaderRules([names.consumer, names.scopes, names.route]),
    router: await createRouteTable(routes),
    keysByHash: compileKeys(snapshot, makeCaller),
    tokens: compileTokens(snapshot, sources.keys, makeCaller),
    introspection: compileIntrospection(snapshot, sources, gaps, makeCaller),
    passwords: new Passwords(snapshot.consumers, makeCaller, sources.passwords),
    certificates: new ClientCertificates(snapshot.consumers, makeCaller),
    makeCaller,
    webhooks: compileWebhooks(snapshot.webhooks, seenDeliveries, sources.readSecret, gaps, makeCaller),
    lock: snapshot.lock === null ? null : compileLock(snapshot.lock),
    blockList: compileBlockList(snapshot.blocklist),
    exceptions: compileExceptions(snapshot.exceptions),
    answerHeaders: compileAnswerHeaders(snapshot.answers),
    vendors: await compileVendors(snapshot.vendors, {
      ...outbound,
      gaps,
      locked: snapshot.lock !== null,
      identityNames: [names.consumer, names.scopes, names.route],
      compileRoute: (route, upstreams, policies) =>
        compileRoute(route, upstreams, context, snapshot.answers.budgetBytes, policies),
    }),
    closed: gaps.told,
    hsts: snapshot.server.hstsSeconds === null ? null : `max-age=${snapshot.server.hstsSeconds}`,
  };
  schemas.retain();
  return runtime;
}

function compileRoute(
  route: SnapshotRoute,
  upstreams: ServiceUpstreams,
  context: PolicyContext,
  answerBudgetBytes: number,
  policies = PIPELINE,
  learner: Learner | null = null,
): CompiledRoute {
  const steps: Step[] = [];
  for (const policy of policies) {
    if (route.mode === 'off' && policy.alwaysEnforced !== true) continue;
    const run = policy.create(route, context);
    if (run === null) continue;
    const mode = policy.modeOf?.(route) ?? route.mode;
    const enforce = policy.alwaysEnforced === true || mode === 'enforce';
    steps.push({ policy: policy.id, enforce, isQuiet: policy.isQuiet === true, run });
  }
  const spoken = steps.filter((step) => !step.isQuiet);
  const answerSteps = compileAnswerSteps(
    route,
    createAnswerCheck(route.mode === 'off' ? null : route.openapi, () => context.library(route.service)),
    context,
  );
  return {
    id: route.id,
    service: route.service,
    path: route.path,
    methods: route.methods,
    hostnames: route.hostnames,
    bodyLimitBytes: route.bodyLimitBytes,
    allowEncodedSlash: route.allowEncodedSlash,
    steps,
    answerSteps,
    learner,
    answerBudgetBytes,
    // What is only watched is left as it is on its way.
    asksPlain: answerSteps.some((step) => step.policy !== 'learnt-ownership' || route.learning?.mode === 'enforce'),
    upstreams,
    identity: /^[\x20-\x7e]*$/.test(route.id) ? route.id : encodeURI(route.id),
    rateLimitPolicy: [...route.rateLimits, ...loginLimits(route)]
      .map((limit) => `"${limit.name}";q=${limit.quota};w=${Math.ceil(limit.windowMs / 1000)}`)
      .join(', '),
    loginProtection: route.loginProtection,
    eventPlace: `"service":${JSON.stringify(route.service)},"route":${JSON.stringify(route.id)}`,
    eventPath: route.path.endsWith('/*') ? null : JSON.stringify(route.path),
    eventAllowed: JSON.stringify(spoken.map((step) => ({ policy: step.policy, decision: 'allow' }))),
  };
}

/** Finding a library by its text takes a moment; a snapshot asks for it once per route. */
function libraries(find: PolicyContext['library']): PolicyContext['library'] {
  const found = new Map<string, ReturnType<typeof find>>();
  return (name) => {
    const library = found.get(name) ?? find(name);
    found.set(name, library);
    return library;
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
      via: 'apiKey',
      credential: key.id,
      parts: null,
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
