import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiServer } from '../../../src/api/server.ts';
import type { ApiTokenCreated } from '../../../src/contracts/api/account.ts';
import type { ApiPlugin } from '../../../src/platform/http/api-plugin.ts';
import { type Browser, OWNER, setUpOwner } from './browser.ts';
import { CLI_TOKEN, GATEWAY_TOKEN, startTestApi, type TestApi } from './test-api.ts';

/** A route of each kind, which answer who asks. */
const probes: ApiPlugin = async (app) => {
  const schema = { summary: 'Probe', response: { 200: z.object({ actor: z.string() }) } };
  const answer = { schema: { ...schema, body: z.object({ n: z.int() }).nullish() } };
  for (const access of ['read', 'change', 'gateway'] as const) {
    app.post(`/api/probe/${access}`, { config: { access }, ...answer }, async (request) => ({
      actor: `${request.actor.kind}:${request.actor.name}`,
    }));
  }
  app.get('/api/probe/broken', { config: { access: 'read' }, schema }, async () => {
    throw new Error('the secret inner words');
  });
};

let api: TestApi;
let owner: Browser;
let readToken: ApiTokenCreated;
let changeToken: ApiTokenCreated;
beforeAll(async () => {
  api = await startTestApi({ plugins: () => [probes], publicOrigins: ['https://nightlatch.example'] });
  owner = await setUpOwner(api);
  const make = (access: string) =>
    owner.json<ApiTokenCreated>(201, 'POST', '/api/tokens', { name: `${access} script`, access, expiresInDays: 30 });
  readToken = await make('read');
  changeToken = await make('change');
});
afterAll(() => api.close());

const failure = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const post = (path: string, token: string) =>
  fetch(api.url + path, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

test('a change within a session needs its CSRF token', async () => {
  const change = (token: string | null) =>
    fetch(`${api.url}/api/probe/change`, {
      method: 'POST',
      headers: { cookie: owner.cookie ?? '', ...(token === null ? {} : { 'x-csrf-token': token }) },
    });
  expect(await failure(await change(null))).toEqual([403, 'csrf-token-wrong']);
  expect(await failure(await change('x'.repeat(43)))).toEqual([403, 'csrf-token-wrong']);
  expect(await (await change(owner.csrf)).json()).toEqual({ actor: `account:${OWNER.name}` });
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['the same host on another port', { origin: 'http://127.0.0.1:1' }],
  ['a hidden origin', { origin: 'null' }],
  ['another site as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling site', { 'sec-fetch-site': 'same-site' }],
])('a change from %s is refused, with the CSRF token too', async (_, headers) => {
  const all: Record<string, string> = { origin: api.url, 'sec-fetch-site': 'same-origin', ...headers };
  expect(await failure(await owner.call('POST', '/api/probe/change', undefined, all))).toEqual([403, 'cross-site']);
  const signIn = await owner.call('POST', '/api/sessions', { email: OWNER.email, passphrase: OWNER.passphrase }, all);
  expect(await failure(signIn)).toEqual([403, 'cross-site']);
});

test('no answer allows other origins to read it', async () => {
  const answer = await fetch(`${api.url}/api/state`, { headers: { origin: 'https://evil.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['evil.example', 421],
  ['evil.example:PORT', 421],
  ['127.0.0.1:1', 421],
  ['127.0.0.1.evil.example:PORT', 421],
  ['127.0.0.1:PORT', 200],
  ['LOCALHOST:PORT', 200],
  ['[::1]:PORT', 200],
  ['nightlatch.example', 200],
])('the Host %s is answered with %i', async (host, status) => {
  const named = host.replace('PORT', new URL(api.url).port);
  const answer = await rawGet('/api/state', { host: named });
  expect(answer.statusCode).toBe(status);
  const cookie = owner.cookie ?? '';
  const sessions = await rawGet('/api/sessions', { host: named, cookie: `${cookie}; __Host-${cookie}` });
  expect(sessions.statusCode).toBe(status);
});

test('a gateway reaches the control plane under any name', async () => {
  const answer = await rawGet('/api/audit', { host: 'control-plane:4400', authorization: `Bearer ${CLI_TOKEN}` });
  expect(answer.statusCode).toBe(200);
  const wrong = await rawGet('/api/audit', { host: 'control-plane:4400', authorization: 'Bearer nlc_wrong' });
  expect(wrong.statusCode).toBe(421);
});

test('behind a name with https, the cookie is a secure one', async () => {
  const headers = {
    host: 'nightlatch.example',
    origin: 'https://nightlatch.example',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ email: OWNER.email, passphrase: OWNER.passphrase });
  const answer = await raw('POST', '/api/sessions', headers, body);
  expect(answer.statusCode).toBe(201);
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-nightlatch_session=nls_.*; Secure; /);
});

test.each([
  ['nobody', 'nlt_unknown', [401, 401, 401]],
  ['read token', () => readToken.token, [200, 403, 403]],
  ['change token', () => changeToken.token, [200, 200, 403]],
  ['command line', CLI_TOKEN, [200, 200, 403]],
  ['gateway', GATEWAY_TOKEN, [403, 403, 200]],
])('%s reaches what it is for', async (_, token, statuses) => {
  const text = typeof token === 'string' ? token : token();
  const paths = ['/api/probe/read', '/api/probe/change', '/api/probe/gateway'];
  const answers = await Promise.all(paths.map((path) => post(path, text)));
  expect(answers.map((answer) => answer.status)).toEqual(statuses);
});

test('a token is shown once, seen used, and gone when revoked', async () => {
  const { token, ...made } = await owner.json<ApiTokenCreated>(201, 'POST', '/api/tokens', {
    name: 'short-lived',
    access: 'read',
    expiresInDays: null,
  });
  expect(token).toMatch(/^nlt_\w{43}$/);
  expect((await post('/api/probe/read', token)).status).toBe(200);
  const { items } = await owner.json<{ items: object[] }>(200, 'GET', '/api/tokens');
  expect(items).toContainEqual({ ...made, lastUsedAt: new Date(api.clock.now()).toISOString() });
  await owner.json(204, 'DELETE', `/api/tokens/${made.id}`);
  expect((await post('/api/probe/read', token)).status).toBe(401);
});

test('a token expires', async () => {
  const { token } = await owner.json<ApiTokenCreated>(201, 'POST', '/api/tokens', {
    name: 'one day',
    access: 'read',
    expiresInDays: 1,
  });
  api.clock.advance(24 * 60 * 60_000 - 1);
  expect((await post('/api/probe/read', token)).status).toBe(200);
  api.clock.advance(1);
  expect((await post('/api/probe/read', token)).status).toBe(401);
});

test('a token cannot take the account over', async () => {
  const headers = { authorization: `Bearer ${changeToken.token}`, 'content-type': 'application/json' };
  for (const [method, path, body] of [
    ['POST', '/api/tokens', { name: 'more', access: 'change', expiresInDays: null }],
    ['POST', '/api/account/totp', undefined],
    ['POST', '/api/account/passphrase', { current: 'a', next: 'b' }],
    ['DELETE', '/api/sessions', undefined],
    ['GET', '/api/sessions', undefined],
  ] as const) {
    const init: RequestInit = {
      method,
      headers: body === undefined ? { authorization: headers.authorization } : headers,
    };
    if (body !== undefined) init.body = JSON.stringify(body);
    expect(await failure(await fetch(api.url + path, init))).toEqual([403, 'person-needed']);
  }
});

test('what nobody foresaw leaves with a reference that stands in the log, and says nothing of the inside', async () => {
  const answer = await api.fetch('/api/probe/broken');
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).not.toContain('secret inner words');
  const { reference } = JSON.parse(text) as { reference: string };
  const line = api.log.find((one) => one.includes(reference));
  expect(line).toContain('secret inner words');
});

test.each([
  ['not JSON', '{"n":', 'application/json', 400, 'body-malformed'],
  ['a form', 'n=1', 'application/x-www-form-urlencoded', 415, 'body-type-unsupported'],
  ['plain text', '{"n":1}', 'text/plain', 415, 'body-type-unsupported'],
  ['too much', JSON.stringify({ n: 'x'.repeat(1_100_000) }), 'application/json', 413, 'body-too-large'],
  ['a prototype', '{"__proto__":{"n":1}}', 'application/json', 400, 'body-malformed'],
  ['a wrong type', '{"n":"1"}', 'application/json', 400, 'input-invalid'],
])('a body that is %s gets a problem', async (_, body, type, status, code) => {
  const answer = await api.fetch('/api/probe/change', { method: 'POST', body, headers: { 'content-type': type } });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await failure(answer)).toEqual([status, code]);
});

test.each([
  ['GET', '/api/nothing', 404],
  ['POST', '/api/state', 404],
  ['GET', '/api/%ff', 400],
])('%s %s gets a problem', async (method, path, status) => {
  const answer = await api.fetch(path, { method });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

test('a second server on the same port is told plainly', async () => {
  const { accounts, logger } = api;
  const options = { accounts, logger, version: '0', practice: false, gatewayToken: GATEWAY_TOKEN, cliToken: CLI_TOKEN };
  const second = await createApiServer({ ...options, plugins: [] });
  const listening = second.listen({ host: '127.0.0.1', port: Number(new URL(api.url).port) });
  await expect(listening).rejects.toMatchObject({ code: 'listen-port-taken' });
  await second.close();
});

function rawGet(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return raw('GET', path, headers);
}

/** fetch does not let a Host be chosen. */
function raw(method: string, path: string, headers: Record<string, string>, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(api.url + path, { method, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer));
    })
      .on('error', reject)
      .end(body);
  });
}
