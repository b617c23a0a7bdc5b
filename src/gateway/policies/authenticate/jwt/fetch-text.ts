import { openGuarded } from '../../../../platform/http/guarded-get.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/** Fetches what an issuer publishes. Throws an error whose message says why there is no text. */
export async function fetchText(address: string): Promise<string> {
  const url = new URL(address);
  const agent = await openGuarded(url, {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    userAgent: 'Nightlatch (fetching the keys of a token issuer)',
    httpsBeyondLoopback: true,
  });
  if ('code' in agent) throw new Error(agent.code);
  try {
    const got = await agent.get(url.pathname + url.search);
    if ('code' in got) throw new Error(got.code);
    if (got.status !== 200) throw new Error(`status ${got.status}`);
    if (got.cut) throw new Error('larger than 256 KiB');
    return got.body.toString('utf8');
  } finally {
    await agent.close();
  }
}
