import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from './start-gateway.ts';

const BYTES = 3_000_001;
const CALLERS = 8;
const content = Buffer.alloc(BYTES, 'The quick brown fox jumps over the lazy dog. ');
const digest = createHash('sha256').update(content).digest('hex');

/** Long answers take turns in the gateway's event loop; nothing of them may be lost, doubled or swapped by that. */
it.each(['length', 'chunked', 'length guarded', 'chunked guarded'])('many at once arrive whole: %s', async (kind) => {
  const upstream = await startUpstream((_, response) => {
    response.setHeader('Content-Type', 'text/plain');
    if (kind.startsWith('length')) response.setHeader('Content-Length', BYTES);
    response.end(content);
  });
  const gateway = await startGateway({
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
    ...(kind.endsWith('guarded') ? { responseGuard: { mode: 'monitor' as const } } : {}),
  });
  const digests = await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const body = Buffer.from(await (await fetch(gateway.url)).arrayBuffer());
      return createHash('sha256').update(body).digest('hex');
    }),
  );
  expect(new Set(digests)).toEqual(new Set([digest]));
  const events = gateway.events();
  expect(events.length).toBe(CALLERS);
  for (const event of events) expect(event).toMatchObject({ status: 200, bytesOut: BYTES });
});
