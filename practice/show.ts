import { type IncomingMessage, request } from 'node:http';
import type { Proof, Weakness } from './ground-truth.ts';
import { SESSION_COOKIE } from './identity.ts';
import { assertLoopback } from './loopback.ts';
import { PRACTICE_PASSWORD } from './passwords.ts';
import { signToken, unsignedToken } from './tokens.ts';

/** Shows single weaknesses on a running practice shop, directly or through a gateway in front of it. */
export interface ShowTarget {
  /** `http://127.0.0.1:<port>` or another loopback address. */
  base: string;
  /** Sent with every request, for example `x-api-key` when a gateway stands in front. */
  headers?: Record<string, string>;
  /** Where to sign in, when a gateway at `base` would count the sign-ins of many shows: the shop's own address. */
  signInAt?: string;
}

export interface Shown {
  /** Everything that the proof asks for was seen. */
  proven: boolean;
  /** The status of the last answer. */
  status: number;
  /** What was missing, in words; empty when proven. */
  missing: string[];
}

interface Received {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const ACCOUNTS = { customer: 'tobias.finch.2@example.com', staff: 'marina.holt.1@example.com' };
const LARGEST_ANSWER = 1024 * 1024;

function readAnswer(answer: IncomingMessage, done: (received: Received) => void): void {
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
  const endless = headers['content-type'] === 'text/event-stream';
  let body = '';
  const finish = (): void => {
    done({ status: answer.statusCode ?? 0, headers, body });
    answer.destroy();
  };
  answer.setEncoding('utf8');
  answer.on('data', (part: string) => {
    body += part;
    // A stream has no end: its first event says enough.
    if (body.length > LARGEST_ANSWER || (endless && body.includes('data:'))) finish();
  });
  answer.on('end', finish);
}

/** @throws Error when no complete answer came within five seconds */
function ask(url: URL, method: string, headers: Record<string, string>, body: Buffer): Promise<Received> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent: false, headers: { ...headers, 'content-length': body.length } });
    const deadline = setTimeout(() => outgoing.destroy(new Error('No answer within five seconds.')), 5000);
    outgoing.on('response', (answer) => readAnswer(answer, resolve));
    outgoing.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, headers: {}, body: '' });
    });
    outgoing.on('error', reject);
    outgoing.on('close', () => clearTimeout(deadline));
    outgoing.end(body);
  });
}

async function signIn(target: ShowTarget, email: string): Promise<string> {
  const body = Buffer.from(JSON.stringify({ email, password: PRACTICE_PASSWORD }));
  const headers = { ...target.headers, 'content-type': 'application/json' };
  const answer = await ask(new URL('/api/login', target.signInAt ?? target.base), 'POST', headers, body);
  if (answer.status !== 200) throw new Error(`Signing in as ${email} was answered with ${answer.status}.`);
  return String((JSON.parse(answer.body) as { token: unknown }).token);
}

/** Puts the values for `{{name}}` in. */
async function fill(template: string, target: ShowTarget): Promise<string> {
  const claims = { sub: '1', exp: Math.floor(Date.now() / 1000) + 600 };
  const values: Record<string, () => string | Promise<string>> = {
    base: () => target.base,
    unsignedToken: () => unsignedToken(claims),
    weakSecretToken: () => signToken(claims, 'pottery'),
    customerToken: () => signIn(target, ACCOUNTS.customer),
  };
  let filled = template.replace(/\{\{filler:(\d+)\}\}/g, (_, size: string) => 'x'.repeat(Number(size)));
  for (const [name, value] of Object.entries(values)) {
    if (filled.includes(`{{${name}}}`)) filled = filled.replaceAll(`{{${name}}}`, await value());
  }
  return filled;
}

/** How many entries the answer's list has: the answer itself or its only field. */
function listLength(body: string): number {
  const value: unknown = JSON.parse(body);
  const list = Array.isArray(value) ? value : Object.values(value ?? {})[0];
  return Array.isArray(list) ? list.length : 0;
}

function tokenClaims(body: string): Record<string, unknown> {
  const { token } = JSON.parse(body) as { token: string };
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
}

function missingFrom(answer: Received, proof: Proof): string[] {
  const missing: string[] = [];
  const want = (seen: boolean, words: string): void => {
    if (!seen) missing.push(words);
  };
  if (proof.status !== undefined) want(answer.status === proof.status, `status ${proof.status}, was ${answer.status}`);
  for (const part of proof.bodyHas ?? []) want(answer.body.includes(part), `"${part}" in the answer`);
  for (const part of proof.bodyLacks ?? []) want(!answer.body.includes(part), `no "${part}" in the answer`);
  for (const [name, pattern] of Object.entries(proof.headerHas ?? {})) {
    want(new RegExp(pattern).test(answer.headers[name] ?? ''), `header ${name} like ${pattern}`);
  }
  for (const name of proof.headerLacks ?? []) want(!(name in answer.headers), `no header ${name}`);
  // Only a successful answer is worth reading further.
  if (missing.length > 0) return missing;
  if (proof.atLeast !== undefined) want(listLength(answer.body) >= proof.atLeast, `at least ${proof.atLeast} entries`);
  if (proof.tokenLacks) want(!(proof.tokenLacks in tokenClaims(answer.body)), `no "${proof.tokenLacks}" in the token`);
  return missing;
}

/**
 * Sends the request of `weakness.show` and looks for its proof.
 * @throws Error when the target is not on this computer, cannot be reached, or refuses the sign-in that the show needs.
 */
export async function runShow(weakness: Weakness, target: ShowTarget): Promise<Shown> {
  for (const address of [target.base, target.signInAt ?? target.base]) assertLoopback(address);
  const { as, request: wanted, proof } = weakness.show;
  const headers: Record<string, string> = { ...target.headers };
  // As a cookie, so that a gateway in front never takes the shop's own token for one of its keys.
  if (as !== 'nobody') headers.cookie = `${SESSION_COOKIE}=${await signIn(target, ACCOUNTS[as])}`;
  if (wanted.body) headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(wanted.headers ?? {})) headers[name] = await fill(value, target);
  const source = wanted.body ? JSON.stringify(wanted.body) : (wanted.rawBody ?? '');
  const body = Buffer.from(await fill(source, target), 'latin1');
  const url = new URL(await fill(wanted.path, target), target.base);

  let answer = await ask(url, wanted.method, headers, body);
  for (let sent = 1; sent < (wanted.times ?? 1); sent++) answer = await ask(url, wanted.method, headers, body);
  const missing = missingFrom(answer, proof);
  return { proven: missing.length === 0, status: answer.status, missing };
}
