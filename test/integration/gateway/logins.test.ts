import { describe, expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { startGateway } from './start-gateway.ts';

type Body = NonNullable<RequestInit['body']>;
type Route = GatewayConfig['services'][number]['routes'][number];

async function application(route: Route, server: Record<string, unknown> = {}) {
  const upstream = await startUpstream((request, response) => request.resume().on('end', () => response.end('in')));
  const gateway = await startGateway({ server, services: [{ name: 's', upstream: upstream.url, routes: [route] }] });
  const post = async (path: string, body: Body, headers: Record<string, string> = {}) =>
    (await fetch(gateway.url + path, { method: 'POST', body, headers })).status;
  return { gateway, upstream, post };
}

const login: Route = { match: { path: '/login', methods: ['POST'] }, auth: 'none' };
const behindProxy = { trustedProxies: ['127.0.0.1'] };
const from = (i: number) => ({ 'X-Forwarded-For': `198.51.${i >> 8}.${i & 255}` });

describe('from one address', () => {
  it('five attempts a minute pass, though 200 claim to come from elsewhere', async () => {
    const { gateway, upstream } = await application(login);
    const answers: number[] = [];
    for (let i = 0; i < 200; i += 20) {
      const requests = Array.from({ length: 20 }, (_, at) => {
        const body = `email=user${i + at}@x`;
        const close = at === 19 ? 'Connection: close\r\n' : '';
        return `POST /login HTTP/1.1\r\nHost: a\r\n${close}X-Forwarded-For: 203.0.113.${i + at}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      });
      answers.push(...statusesOf((await sendRaw(gateway.port, requests.join(''), 5_000)).text));
    }
    expect(answers).toHaveLength(200);
    expect(answers.filter((status) => status === 200)).toHaveLength(5);
    expect(answers.filter((status) => status === 429)).toHaveLength(195);
    expect(upstream.requests).toHaveLength(5);
  });

  it('a whole IPv6 network counts as one', async () => {
    const { post } = await application(login, behindProxy);
    const answers: number[] = [];
    for (let i = 1; i <= 7; i++) {
      const headers = { 'X-Forwarded-For': `2001:db8:1:2::${i}` };
      answers.push(await post('/login', new URLSearchParams({ user: `u${i}` }), headers));
    }
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  it('also for bodies that nobody here reads, such as XML-RPC', async () => {
    const { post } = await application({ match: { path: '/*' }, auth: 'none' });
    const body = '<methodCall><methodName>wp.getUsersBlogs</methodName></methodCall>';
    const answers: number[] = [];
    for (let i = 0; i < 6; i++) answers.push(await post('/xmlrpc.php', body, { 'Content-Type': 'text/xml' }));
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await post('/orders', body, { 'Content-Type': 'text/xml' })).toBe(200);
  });
});

describe('for one account, from as many addresses as there are', () => {
  const json = (value: unknown): [Body, Record<string, string>] => [
    JSON.stringify(value),
    { 'Content-Type': 'application/json' },
  ];
  const parts = (fields: Record<string, string>): [Body, Record<string, string>] => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return [form, {}];
  };

  it.each<[string, (i: number) => [Body, Record<string, string>]]>([
    ['JSON', () => json({ email: 'anna@shop.example', password: 'x' })],
    ['JSON one level down', () => json({ user: { email: 'anna@shop.example' } })],
    ['a form', () => [new URLSearchParams({ log: 'Anna', pwd: 'x' }), {}]],
    ['fields in brackets', () => [new URLSearchParams({ 'user[login]': 'anna' }), {}]],
    ['a form with parts', () => parts({ username: 'anna', password: 'x' })],
    [
      'other spellings',
      (i) =>
        json({
          email: ['Anna@shop.example', ' ANNA@shop.example', 'ａnna@shop.example', 'an\u200bna@shop.example'][i % 4],
        }),
    ],
    ['a second field beside it', (i) => json({ login: `decoy ${i}`, email: 'anna@shop.example' })],
    ['the same field twice', (i) => [new URLSearchParams(`email=anna@shop.example&email=decoy${i}`), {}]],
  ])('%s', async (_name, body) => {
    const { post, upstream } = await application(login, behindProxy);
    const answers: number[] = [];
    for (let i = 0; i < 30; i++) {
      const [content, headers] = body(i);
      answers.push(await post('/login', content, { ...headers, ...from(i) }));
    }
    expect(answers.filter((status) => status === 200)).toHaveLength(5);
    expect(answers.filter((status) => status === 429)).toHaveLength(25);
    expect(upstream.requests).toHaveLength(5);
    const [other] = json({ email: 'berta@shop.example' });
    expect(await post('/login', other, { 'Content-Type': 'application/json', ...from(999) })).toBe(200);
  });
});

it('from many addresses of one network, for as many accounts: a list of stolen passwords is slowed down', async () => {
  const { post, upstream } = await application(login, behindProxy);
  const attempt = (address: string, i: number) =>
    post('/login', new URLSearchParams({ email: `person${i}@shop.example` }), { 'X-Forwarded-For': address });
  const answers: number[] = [];
  for (let i = 0; i < 100; i++) answers.push(await attempt(`203.0.113.${i}`, i));
  expect(answers.filter((status) => status === 200)).toHaveLength(60);
  expect(upstream.requests).toHaveLength(60);
  expect(await attempt('203.0.114.1', 100)).toBe(200);
  for (let i = 0; i < 70; i++) answers.push(await attempt(`2001:db8:7:${i.toString(16)}::1`, 200 + i));
  expect(answers.slice(100).filter((status) => status === 200)).toHaveLength(60);
  expect(await attempt('2001:db8:8::1', 300)).toBe(200);
});

it('is what the route says it is', async () => {
  const wide = await application({ ...login, loginProtection: 'off' });
  const answers: number[] = [];
  for (let i = 0; i < 8; i++) answers.push(await wide.post('/login', new URLSearchParams({ email: 'a' })));
  expect(new Set(answers)).toEqual(new Set([200]));
  const own = await application({ ...login, loginProtection: { perAddress: 100, perAccount: 1, fields: ['nick'] } });
  expect(await own.post('/login', new URLSearchParams({ nick: 'a', email: 'z' }))).toBe(200);
  expect(await own.post('/login', new URLSearchParams({ nick: 'b', email: 'z' }))).toBe(200);
  expect(await own.post('/login', new URLSearchParams({ nick: 'a', email: 'y' }))).toBe(429);
  expect(own.gateway.events().at(-1)).toMatchObject({
    code: 'rate-limited',
    decisions: expect.arrayContaining([expect.objectContaining({ policy: 'login-by-account', decision: 'deny' })]),
  });
});
