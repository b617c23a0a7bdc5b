import { z } from 'zod';
import { Duration } from '../units.ts';

const UpstreamUrl = z.url({ protocol: /^https?$/ });

/** One address, or several that offer the same. */
export const UpstreamConfig = z.union([
  UpstreamUrl,
  z
    .array(
      z.union([
        UpstreamUrl,
        z.strictObject({
          url: UpstreamUrl,
          weight: z
            .int()
            .min(1)
            .max(1_000)
            .optional()
            .meta({ description: 'its share beside the others; left out: 1' }),
        }),
      ]),
    )
    .min(1)
    .max(64),
]);
export type UpstreamConfig = z.infer<typeof UpstreamConfig>;

const Times = z.int().min(1).max(100).optional();

export const HealthConfig = z.strictObject({
  path: z
    .string()
    .max(2048)
    .regex(/^\/[^#\s\\]*$/, 'a path starts with "/" and has no "#", spaces or backslashes')
    .meta({ description: 'asked at the address itself, without its base path', examples: ['/healthz'] }),
  interval: Duration.optional(),
  timeout: Duration.optional(),
  healthyAfter: Times.meta({ description: 'good answers in a row that bring it back' }),
  unhealthyAfter: Times.meta({ description: 'bad answers in a row that take it out' }),
  status: z
    .union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d{2}-[1-5]\d{2}$/, 'write 200, or a range: 200-399')])
    .optional()
    .meta({ examples: ['200-399', 204] }),
});

export const BreakerConfig = z.strictObject({
  failures: z.int().min(1).max(1_000).optional().meta({ description: 'failures in a row within the window' }),
  window: Duration.optional(),
  open: Duration.optional().meta({ description: 'how long nothing is sent before one request tries again' }),
});

export const RetryConfig = z.strictObject({
  idempotencyKey: z.boolean().optional().meta({
    description: 'a request with an Idempotency-Key may be sent again when its connection broke before an answer came',
  }),
});
