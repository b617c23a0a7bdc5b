import type { z } from 'zod';
import type { ProbeResult } from '../../contracts/api/front-door.ts';
import { openGuarded } from '../../platform/http/guarded-get.ts';

type Result = z.infer<typeof ProbeResult>;

/**
 * Looks whether something answers at `upstream`: one GET, and two for a description when it does, through the guarded way out
 * (platform/http/guarded-get.ts). 5 seconds and 64 KiB at most for each look. Never throws.
 */
export async function probeUpstream(upstream: string): Promise<Result> {
  const url = new URL(upstream);
  const agent = await openGuarded(url, {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    userAgent: 'Nightlatch (looking whether this API answers)',
  });
  if ('code' in agent) return unreachable(agent.code);
  try {
    const base = url.pathname.replace(/\/+$/, '');
    const first = await agent.get(`${base}/`);
    if ('code' in first) return unreachable(first.code);
    let openapiPath: string | null = null;
    for (const path of DESCRIPTIONS) {
      const found = await agent.get(base + path);
      if ('status' in found && found.status === 200 && DESCRIBES.test(found.body.toString('utf8'))) {
        openapiPath = base + path;
        break;
      }
    }
    return { reachable: true, status: first.status, code: null, openapiPath };
  } finally {
    await agent.close();
  }
}

const unreachable = (code: string): Result => ({ reachable: false, status: null, code, openapiPath: null });
const DESCRIPTIONS = ['/openapi.json', '/openapi.yaml'];
/** Many servers answer every path alike; a description says at its beginning what it is. */
const DESCRIBES = /["']?\b(openapi|swagger)["']?\s*:\s*["']?[23]/;
const TIMEOUT_MS = 5_000;
const MOST_BYTES = 64 * 1024;
