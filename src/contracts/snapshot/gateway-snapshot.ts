import { z } from 'zod';
import { SnapshotIntrospection } from './introspection.ts';
import { SnapshotJwtIssuer } from './jwt-issuer.ts';
import { SnapshotConsumer, SnapshotKey } from './snapshot-consumer.ts';
import { SnapshotDrafts } from './snapshot-drafts.ts';
import { SnapshotException } from './snapshot-exception.ts';
import { SnapshotBans } from './snapshot-limits.ts';
import { SnapshotLock } from './snapshot-lock.ts';
import { SnapshotAnswers } from './snapshot-response-guard.ts';
import { SnapshotRoute } from './snapshot-route.ts';
import { SnapshotServer } from './snapshot-server.ts';
import { SnapshotService } from './snapshot-service.ts';
import { SnapshotVendor } from './snapshot-vendor.ts';
import { SnapshotWebhook } from './snapshot-webhook.ts';

/**
 * What the gateway runs on: one immutable, compiled configuration. The control plane makes it and serves it with an ETag;
 * `gateway --config` compiles it from the file. Units are spelled out in the names: bytes, milliseconds, Unix milliseconds.
 */
export const GatewaySnapshot = z.strictObject({
  format: z.literal(1),
  revision: z.int().min(0),
  server: SnapshotServer,
  services: z.array(SnapshotService),
  routes: z.array(SnapshotRoute),
  consumers: z.array(SnapshotConsumer),
  keys: z.array(SnapshotKey),
  lock: SnapshotLock.nullable(),
  blocklist: z
    .strictObject({ deny: z.array(z.string()), allow: z.array(z.string()) })
    .nullable()
    .default(null),
  answers: SnapshotAnswers.default({ stripHeaders: [], noSniff: false, securityHeaders: false, budgetBytes: 262_144 }),
  exceptions: z.array(SnapshotException).default([]),
  jwtIssuers: z.array(SnapshotJwtIssuer).default([]),
  introspection: z.array(SnapshotIntrospection).default([]),
  webhooks: z.array(SnapshotWebhook).default([]),
  bans: SnapshotBans.default({ mode: 'off', attempts: 20, windowMs: 600_000, unknownPaths: 60 }),
  vendors: z.array(SnapshotVendor).default([]),
  drafts: SnapshotDrafts.nullable().default(null),
});
export type GatewaySnapshot = z.infer<typeof GatewaySnapshot>;
