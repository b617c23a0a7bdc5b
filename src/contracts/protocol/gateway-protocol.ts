import { z } from 'zod';
import { OperationShape } from '../drafts/shape.ts';

/**
 * The one protocol between the planes. The gateway authenticates with its token (`Authorization: Bearer nlg_…`).
 *
 * - `GET  /api/gateway/snapshot` with `If-None-Match: "<revision>"` and `Prefer: wait=<seconds>` (RFC 7240): 200 with the
 *   snapshot and its ETag, or 304 after the wait.
 * - `POST /api/gateway/events?gateway=<gatewayId>`: a batch of spool lines as they are (`application/x-ndjson`), in order of
 *   `seq`; answers {@link EventsReceipt}. Lines at or below the stored `seq` are skipped, so a batch sent twice is stored once.
 * - `POST /api/gateway/status`: {@link GatewayStatusReport}, after every applied or refused snapshot and at least every 15 s;
 *   answers {@link GatewayStatusReceipt}.
 * - `POST /api/gateway/drafts`: {@link DraftsReport}, when something was learnt. What it says of an operation takes the place of
 *   what this gateway said of it before, so a report sent twice counts once.
 */
export const GATEWAY_PROTOCOL = {
  snapshot: '/api/gateway/snapshot',
  events: '/api/gateway/events',
  status: '/api/gateway/status',
  drafts: '/api/gateway/drafts',
  maxBatchBytes: 4 * 1024 * 1024,
  maxWaitSeconds: 25,
} as const;

export const EventsReceipt = z.strictObject({
  storedThrough: z
    .int()
    .min(0)
    .meta({ description: 'highest seq that is safely stored; the gateway goes on after it' }),
});
export type EventsReceipt = z.infer<typeof EventsReceipt>;

export const GatewayStatusReport = z.strictObject({
  gateway: z.string().meta({ description: 'id of this gateway, kept in its data folder' }),
  startedAt: z.int(),
  version: z.string(),
  addresses: z.array(z.string()).meta({ description: 'where it listens: http://127.0.0.1:8080' }),
  appliedRevision: z.int().nullable(),
  refused: z
    .strictObject({ revision: z.int(), message: z.string() })
    .nullable()
    .meta({ description: 'a newer revision that this gateway could not put into service, and why' }),
  closed: z
    .array(z.string())
    .default([])
    .meta({ description: 'what is closed at this gateway because its secret is gone: a sentence each' }),
  certificateExpiresAt: z
    .int()
    .nullable()
    .default(null)
    .meta({ description: 'when the certificate in service ends, Unix milliseconds; null without one' }),
  spool: z.strictObject({ pendingEvents: z.int(), bytes: z.int(), droppedEvents: z.int() }),
});
export type GatewayStatusReport = z.infer<typeof GatewayStatusReport>;

/** Answers a status report. */
export const GatewayStatusReceipt = z.object({
  spared: z
    .array(z.object({ address: z.string().max(100), until: z.int() }))
    .max(1_000)
    .default([])
    .meta({ description: 'from where somebody signed in to the console lately: never banned until then (Unix ms)' }),
});
export type GatewayStatusReceipt = z.infer<typeof GatewayStatusReceipt>;

/** What calls and answers looked like at one gateway, since it began to look; a part of the operations at a time. */
export const DraftsReport = z.strictObject({
  gateway: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  operations: z.array(OperationShape).max(1_000),
});
export type DraftsReport = z.infer<typeof DraftsReport>;
