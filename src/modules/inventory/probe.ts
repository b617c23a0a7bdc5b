import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { z } from 'zod';
import type { ProbeResult } from '../../contracts/api/front-door.ts';
import { isForbiddenAddress } from './forbidden-address.ts';

type Result = z.infer<typeof ProbeResult>;
type Look = { status: number; text: string } | { code: string };

/**
 * Looks whether something answers at `upstream`: one GET, and two for a description when it does. The name is resolved once,
 * its address checked, and every connection made to that very address, so that the answer cannot change in between (DNS
 * rebinding). Redirects are not followed. 5 seconds and 64 KiB at most for each look. Never throws.
 */
export async function probeUpstream(upstream: string): Promise<Result> {
  const url = new URL(upstream);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = await resolve(host);
  if ('code' in address) return unreachable(address.code);
  const agent = new Agent({
    connect: { timeout: TIMEOUT_MS, lookup: (_name, options, done) => answerLookup(address.ip, options, done) },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxHeaderSize: 16_384,
  });
  try {
    const base = url.pathname.replace(/\/+$/, '');
    const first = await look(agent, url.origin, `${base}/`);
    if ('code' in first) return unreachable(first.code);
    let openapiPath: string | null = null;
    for (const path of DESCRIPTIONS) {
      const found = await look(agent, url.origin, base + path);
      if ('status' in found && found.status === 200 && DESCRIBES.test(found.text)) {
        openapiPath = base + path;
        break;
      }
    }
    return { reachable: true, status: first.status, code: null, openapiPath };
  } finally {
    await agent.destroy();
  }
}

async function resolve(host: string): Promise<{ ip: string } | { code: string }> {
  try {
    const ips = isIP(host) === 0 ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];
    const [ip] = ips;
    if (ip === undefined) return { code: 'name-unknown' };
    return ips.some(isForbiddenAddress) ? { code: 'forbidden-address' } : { ip };
  } catch {
    // Whatever the resolver says, to the owner it means that the name leads nowhere.
    return { code: 'name-unknown' };
  }
}

type LookupDone = (error: null, address: string | { address: string; family: number }[], family?: number) => void;

function answerLookup(ip: string, options: { all?: boolean | undefined }, done: LookupDone): void {
  if (options.all === true) done(null, [{ address: ip, family: isIP(ip) }]);
  else done(null, ip, isIP(ip));
}

async function look(agent: Agent, origin: string, path: string): Promise<Look> {
  try {
    const answer = await agent.request({
      ...{ origin, path, method: 'GET', signal: AbortSignal.timeout(TIMEOUT_MS) },
      headers: { accept: '*/*', 'user-agent': 'Nightlatch (looking whether this API answers)' },
    });
    return { status: answer.statusCode, text: await readSome(answer.body) };
  } catch (error) {
    return { code: codeOf(error) };
  }
}

async function readSome(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function codeOf(error: unknown): string {
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (/TIMEOUT|ETIMEDOUT/.test(code) || name === 'TimeoutError') return 'timeout';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code)) return 'certificate';
  return 'refused';
}

const unreachable = (code: string): Result => ({ reachable: false, status: null, code, openapiPath: null });
const DESCRIPTIONS = ['/openapi.json', '/openapi.yaml'];
/** Many servers answer every path alike; a description says at its beginning what it is. */
const DESCRIBES = /["']?\b(openapi|swagger)["']?\s*:\s*["']?[23]/;
const TIMEOUT_MS = 5_000;
const MOST_BYTES = 64 * 1024;
