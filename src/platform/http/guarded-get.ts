import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher } from 'undici';
import { isForbiddenAddress } from './forbidden-address.ts';

/** Why nothing came back. `insecure`: plain http to another machine where that was not wanted. */
export type GetFailure = 'name-unknown' | 'forbidden-address' | 'insecure' | 'timeout' | 'certificate' | 'refused';
export type Got = { status: number; body: Buffer /** There was more than `maxBytes`. */; cut: boolean };

export type GuardedAgent = {
  /** One GET of a path (with query) at the origin. Redirects are not followed. Never throws. */
  get(path: string): Promise<Got | { code: GetFailure }>;
  /** One POST, in the same way. `headers` by their names in lower case. */
  post(path: string, what: { body: string; headers: Record<string, string> }): Promise<Got | { code: GetFailure }>;
  close(): Promise<void>;
};

export type GuardOptions = {
  timeoutMs: number;
  maxBytes: number;
  userAgent: string;
  /** Plain http is for this machine alone. */
  httpsBeyondLoopback?: boolean;
};

/**
 * The way out to an address that somebody typed in. The name is resolved once, its addresses checked (no cloud metadata, no
 * link-local), and every connection made to that very address, so that the answer cannot change in between (DNS rebinding).
 * Never throws.
 */
export async function openGuarded(url: URL, options: GuardOptions): Promise<GuardedAgent | { code: GetFailure }> {
  const address = await resolve(url.hostname.replace(/^\[|\]$/g, ''), options.timeoutMs);
  if ('code' in address) return address;
  if (options.httpsBeyondLoopback === true && url.protocol !== 'https:' && !isLoopback(address.ip)) {
    return { code: 'insecure' };
  }
  const agent = new Agent({
    connect: { timeout: options.timeoutMs, lookup: (_name, wanted, done) => answerLookup(address.ip, wanted, done) },
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    maxHeaderSize: 16_384,
  });
  return {
    get: (path) => send(agent, { origin: url.origin, path, method: 'GET' }, options),
    post: (path, { body, headers }) =>
      send(agent, { origin: url.origin, path, method: 'POST', body, headers }, options),
    close: () => agent.destroy(),
  };
}

async function resolve(host: string, timeoutMs: number): Promise<{ ip: string } | { code: GetFailure }> {
  const tooLate = Promise.withResolvers<{ address: string }[]>();
  const timer = setTimeout(() => tooLate.resolve([]), timeoutMs);
  try {
    const found =
      isIP(host) === 0 ? await Promise.race([lookup(host, { all: true }), tooLate.promise]) : [{ address: host }];
    const ips = found.map(({ address }) => address);
    const [ip] = ips;
    if (ip === undefined) return { code: 'name-unknown' };
    return ips.some(isForbiddenAddress) ? { code: 'forbidden-address' } : { ip };
  } catch {
    // Whatever the resolver says, it means that the name leads nowhere.
    return { code: 'name-unknown' };
  } finally {
    clearTimeout(timer);
  }
}

const isLoopback = (ip: string) => ipaddr.process(ip).range() === 'loopback';

type LookupDone = (error: null, address: string | { address: string; family: number }[], family?: number) => void;

function answerLookup(ip: string, options: { all?: boolean | undefined }, done: LookupDone): void {
  if (options.all === true) done(null, [{ address: ip, family: isIP(ip) }]);
  else done(null, ip, isIP(ip));
}

async function send(
  agent: Agent,
  question: { origin: string; path: string; method: 'GET' | 'POST'; body?: string; headers?: Record<string, string> },
  options: GuardOptions,
): Promise<Got | { code: GetFailure }> {
  try {
    const answer = await agent.request({
      ...question,
      signal: AbortSignal.timeout(options.timeoutMs),
      headers: { accept: '*/*', 'user-agent': options.userAgent, ...question.headers },
    });
    return { status: answer.statusCode, ...(await readSome(answer.body, options.maxBytes)) };
  } catch (error) {
    return { code: codeOf(error) };
  }
}

async function readSome(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Omit<Got, 'status'>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), cut: bytes > maxBytes };
}

function codeOf(error: unknown): GetFailure {
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (/TIMEOUT|ETIMEDOUT/.test(code) || name === 'TimeoutError') return 'timeout';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code)) return 'certificate';
  return 'refused';
}
