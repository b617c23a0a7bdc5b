import { z } from 'zod';
import { SnapshotJwtIssuer } from './jwt-issuer.ts';
import { SnapshotConsumer, SnapshotKey } from './snapshot-consumer.ts';
import { SnapshotLock } from './snapshot-lock.ts';
import { SnapshotRoute } from './snapshot-route.ts';
import { SnapshotServer } from './snapshot-server.ts';
import { SnapshotService } from './snapshot-service.ts';
import { SnapshotVendor } from './snapshot-vendor.ts';

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
  jwtIssuers: z.array(SnapshotJwtIssuer).default([]),
  vendors: z.array(SnapshotVendor).default([]),
});
export type GatewaySnapshot = z.infer<typeof GatewaySnapshot>;
