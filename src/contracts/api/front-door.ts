import { z } from 'zod';
import { HttpMethod, Mode, Name, Scope } from '../config/config-words.ts';
import { RateLimit } from '../config/rate-limit-config.ts';

/** Whether a saved change is in service. "Saved" is said to people only when `live` is true or no gateway is connected. */
export const Change = z.object({
  revision: z.int(),
  live: z.boolean(),
  gateways: z.int().meta({ description: 'how many gateways are connected' }),
  reason: z.string().nullable().meta({ description: 'when not live: why, in a plain sentence' }),
});
export type Change = z.infer<typeof Change>;

export const Upstream = z.url({ protocol: /^https?$/ }).max(2048);

export const ServiceInput = z.strictObject({
  name: Name,
  title: z.string().trim().max(120).optional(),
  upstream: Upstream,
  preserveHost: z.boolean().optional(),
});
export type ServiceInput = z.infer<typeof ServiceInput>;
export const ServicePatch = ServiceInput.partial();

/** A service behind the front door, as the console lists it. */
export const Service = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  upstream: z.string(),
  preserveHost: z.boolean(),
  routeCount: z.int(),
  createdAt: z.iso.datetime(),
});
export type Service = z.infer<typeof Service>;

/** `POST /api/services/probe`: is something answering there? A look only: one GET, nothing kept. */
export const ProbeRequest = z.strictObject({ upstream: Upstream });
export const ProbeResult = z.object({
  reachable: z.boolean(),
  status: z.int().nullable(),
  code: z
    .string()
    .nullable()
    .meta({ description: 'when unreachable: refused, timeout, name-unknown, certificate, forbidden-address' }),
  openapiPath: z.string().nullable().meta({ description: 'where a description was found, when one was' }),
});
export type ProbeResult = z.infer<typeof ProbeResult>;

export const RouteInput = z.strictObject({
  path: z.string().max(2048),
  methods: z.array(HttpMethod).max(16),
  auth: z.enum(['key', 'none']),
  scopes: z.array(Scope).max(32),
  rateLimits: z.array(RateLimit).max(8),
  mode: Mode,
  title: z.string().trim().max(200).optional(),
});
export type RouteInput = z.infer<typeof RouteInput>;
export const Route = RouteInput.extend({
  id: z.string(),
  routeId: z.string(),
  serviceId: z.string(),
  title: z.string(),
});
export type Route = z.infer<typeof Route>;

export const ScopeInUse = z.object({ scope: z.string(), routes: z.array(z.string()) });
export type ScopeInUse = z.infer<typeof ScopeInUse>;

export const KeyRequest = z.strictObject({
  consumer: Name.meta({ description: 'who it is for; made when new' }),
  scopes: z.array(Scope).max(100),
  attributes: z.record(z.string().max(64), z.string().max(512)).optional(),
  expiresAt: z.iso.datetime().nullable(),
});
export type KeyRequest = z.infer<typeof KeyRequest>;
export const Key = z.object({
  id: z.string(),
  consumer: z.string(),
  hint: z.string().meta({ description: 'first and last characters: nl_live_3fK…9aQ' }),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  replacedBy: z.string().nullable().meta({ description: 'id of the key that took its place' }),
  replacedAt: z.iso.datetime().nullable(),
  leaked: z.boolean().meta({ description: 'revoked because strangers have seen it' }),
});
export type Key = z.infer<typeof Key>;
export const KeyCreated = z.object({
  key: Key,
  secret: z.string().meta({ description: 'shown once' }),
  change: Change,
});
export type KeyCreated = z.infer<typeof KeyCreated>;

/** How long a replaced key goes on: 30 days at most. */
export const MOST_OVERLAP_HOURS = 30 * 24;
export const KeyReplaceRequest = z.strictObject({
  overlapHours: z
    .int()
    .min(0)
    .max(MOST_OVERLAP_HOURS)
    .default(72)
    .meta({ description: 'for how long the old key goes on; 0: it ends at once' }),
});
export const KeyReplaced = KeyCreated.extend({ old: Key });
export type KeyReplaced = z.infer<typeof KeyReplaced>;
export const KeyLeakedRequest = z.strictObject({
  replace: z.boolean().default(false).meta({ description: 'make a new key for the same caller' }),
});
export const KeyLeaked = z.object({
  old: Key,
  key: Key.nullable().meta({ description: 'the new one' }),
  secret: z.string().nullable().meta({ description: 'of the new one, shown once' }),
  change: Change,
});
export type KeyLeaked = z.infer<typeof KeyLeaked>;

export const LockRequest = z.strictObject({
  message: z.string().trim().max(300).optional(),
  routes: z.union([z.literal('all'), z.array(z.string()).min(1)]),
  allowConsumers: z.array(Name),
});
export type LockRequest = z.infer<typeof LockRequest>;
export const LockState = z.object({
  locked: z.boolean(),
  since: z.iso.datetime().nullable(),
  message: z.string().nullable(),
  routes: z.union([z.literal('all'), z.array(z.string())]),
  allowConsumers: z.array(z.string()),
});
export type LockState = z.infer<typeof LockState>;

export const GatewayState = z.object({
  id: z.string(),
  connected: z.boolean(),
  addresses: z.array(z.string()),
  appliedRevision: z.int().nullable(),
  refused: z.object({ revision: z.int(), message: z.string() }).nullable(),
  closed: z.array(z.string()).meta({ description: 'what is closed because its secret is gone: a sentence each' }),
  lastSeenAt: z.iso.datetime(),
  droppedEvents: z.int(),
  certificateExpiresAt: z.iso.datetime().nullable().meta({ description: 'null without https' }),
});
export type GatewayState = z.infer<typeof GatewayState>;
export const FrontDoorState = z.object({ revision: z.int(), gateways: z.array(GatewayState), lock: LockState });
export type FrontDoorState = z.infer<typeof FrontDoorState>;

export const ConfigImportRequest = z.strictObject({ yaml: z.string().max(5_000_000) });
export const ConfigImportResult = z.object({
  services: z.int(),
  routes: z.int(),
  consumers: z.int(),
  keys: z.int(),
  change: Change,
});
export type ConfigImportResult = z.infer<typeof ConfigImportResult>;

/**
 * What the routes of the front door answer beside the resources themselves. Lists are `{ items }`; a change answers with what
 * it made and with the {@link Change}, so that "saved" can be said at the right moment.
 *
 * - `GET /api/services`, `GET /api/services/:id/routes`, `GET /api/scopes`, `GET /api/keys`, `GET /api/consumers`: `{ items }`
 * - `POST /api/services` (201), `PATCH /api/services/:id`: {@link ServiceSaved}; `DELETE`: {@link Removed}
 * - `POST /api/services/:id/routes` (201), `PATCH /api/routes/:id`: {@link RouteSaved}; `DELETE /api/routes/:id`: {@link Removed}
 * - `POST /api/keys` (201): {@link KeyCreated}; `DELETE /api/keys/:id` (revokes): {@link KeySaved}
 * - `POST /api/keys/:id/replace` (201): {@link KeyReplaced}; `POST /api/keys/:id/leaked`: {@link KeyLeaked}
 * - `POST /api/consumers` (201), `PATCH /api/consumers/:name`: {@link ConsumerSaved}; `DELETE`: {@link Removed} and its keys
 * - `GET /api/lock`: {@link LockState}; `POST /api/lock`, `DELETE /api/lock`: {@link LockSaved}
 * - `GET /api/config`: the YAML itself as `application/yaml`; `PUT /api/config`: {@link ConfigImportResult}
 */
export const ServiceSaved = z.object({ service: Service, change: Change });
export const RouteSaved = z.object({ route: Route, change: Change });
export const KeySaved = z.object({ key: Key, change: Change });
export const LockSaved = z.object({ lock: LockState, change: Change });
export const Removed = z.object({ change: Change });

const Attributes = z.record(z.string().max(64), z.string().max(512));

export const ConsumerInput = z.strictObject({
  name: Name,
  scopes: z.array(Scope).max(100).default([]),
  attributes: Attributes.default({}),
});
export type ConsumerInput = z.infer<typeof ConsumerInput>;
export const ConsumerPatch = z.strictObject({
  scopes: z.array(Scope).max(100).optional(),
  attributes: Attributes.optional(),
});
export type ConsumerPatch = z.infer<typeof ConsumerPatch>;

/** Who holds keys. `scopes` hold for keys that name none of their own. */
export const Consumer = z.object({
  name: z.string(),
  scopes: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  keyCount: z.int().meta({ description: 'keys that are not revoked' }),
  createdAt: z.iso.datetime(),
});
export type Consumer = z.infer<typeof Consumer>;
export const ConsumerSaved = z.object({ consumer: Consumer, change: Change });
