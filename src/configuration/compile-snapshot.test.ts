import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import { compileSnapshot } from './compile-snapshot.ts';
import { parseConfig } from './parse-config.ts';

function compile(text: string): GatewaySnapshot {
  const result = parseConfig(text);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return GatewaySnapshot.parse(compileSnapshot(result.config, { revision: 7, lock: null }));
}

test('a configuration that says nothing gets the documented defaults', () => {
  const text =
    'version: 1\nservices:\n  - name: shop\n    upstream: HTTP://Shop.Example:80/\n    routes:\n      - match: { path: / }\n';
  expect(compile(text)).toEqual({
    format: 1,
    revision: 7,
    server: {
      listen: [{ host: '127.0.0.1', port: 8080, protocol: 'http' }],
      https: 'off',
      clientCertificates: null,
      acme: null,
      http2: { tls: true, cleartext: false },
      hstsSeconds: null,
      hostnames: [],
      trustedProxies: [],
      identityHeaders: {
        consumer: 'X-Nightlatch-Consumer',
        scopes: 'X-Nightlatch-Scopes',
        route: 'X-Nightlatch-Route',
      },
      limits: {
        bodyBytes: 1_048_576,
        headersBytes: 16_384,
        headerTimeoutMs: 10_000,
        idleTimeoutMs: 30_000,
        connectionsPerAddress: 100,
        streams: 100,
      },
      legacyRateLimitHeaders: false,
    },
    services: [
      {
        name: 'shop',
        upstream: 'http://shop.example',
        upstreams: [],
        preserveHost: false,
        connectTimeoutMs: 3_000,
        responseTimeoutMs: 30_000,
        idleTimeoutMs: 300_000,
        health: null,
        breaker: null,
        retryIdempotencyKey: false,
        schemas: {},
      },
    ],
    routes: [
      {
        id: 'ANY /',
        service: 'shop',
        path: '/',
        methods: [],
        hostnames: [],
        mode: 'enforce',
        auth: ['apiKey'],
        authAll: false,
        scopes: [],
        rateLimits: [],
        bodyLimitBytes: 1_048_576,
        allowEncodedSlash: false,
        ownership: null,
        ownAnswers: [],
        learning: null,
        validate: null,
        attackFilter: {
          ...{ mode: 'monitor', profile: 'balanced', fields: [], exclusions: [] },
          ...{ maxBodyBytes: 1_048_576, whenIncomplete: 'pass' },
        },
        responseGuard: null,
        concurrency: [],
        loginProtection: null,
        openapi: null,
      },
    ],
    consumers: [],
    keys: [],
    lock: null,
    blocklist: null,
    answers: {
      stripHeaders: ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator'],
      noSniff: true,
      securityHeaders: false,
      budgetBytes: 262_144,
    },
    exceptions: [],
    jwtIssuers: [],
    introspection: [],
    webhooks: [],
    bans: { mode: 'monitor', attempts: 20, windowMs: 600_000, unknownPaths: 60 },
    vendors: [],
    drafts: null,
  });
});

test('the documented example', () => {
  const snapshot = compile(readFileSync(new URL('testdata/shop.yaml', import.meta.url), 'utf8'));
  expect(snapshot.server.hostnames).toEqual(['api.shop.example']);
  expect(snapshot.services[0]).toMatchObject({
    upstream: 'http://127.0.0.1:3000/base',
    connectTimeoutMs: 500,
    responseTimeoutMs: 30_000,
  });
  expect(snapshot.routes.map((r) => [r.id, r.auth, r.mode, r.bodyLimitBytes])).toEqual([
    ['GET /customers/{customerId}', ['apiKey'], 'enforce', 2_097_152],
    ['POST /login', [], 'monitor', 4_096],
    ['ANY /files/*', ['apiKey'], 'enforce', 2_097_152],
  ]);
  expect(snapshot.routes[1]?.rateLimits).toMatchObject([
    { name: 'address', key: 'address', quota: 5, windowMs: 60_000 },
    { name: 'body.email', key: 'body.email', quota: 5, windowMs: 900_000 },
  ]);
  expect(snapshot.keys).toEqual([
    {
      id: 'web-shop/k1',
      consumer: 'web-shop',
      hash: 'a'.repeat(64),
      expiresAt: Date.UTC(2027, 0, 2) - 1,
      revoked: false,
      scopes: null,
    },
    {
      id: 'phone-app/k1',
      consumer: 'phone-app',
      hash: 'b'.repeat(64),
      expiresAt: Date.UTC(2027, 0, 1, 12),
      revoked: false,
      scopes: [],
    },
  ]);
});

test('routes that differ by host name alone keep different ids', () => {
  const text =
    'version: 1\nservices:\n  - name: a\n    upstream: http://x\n    routes:\n      - match: { path: /p, methods: [GET], hostnames: [a.example] }\n      - match: { path: /p, methods: [GET], hostnames: [b.example] }\n';
  expect(compile(text).routes.map((r) => r.id)).toEqual(['GET /p', 'GET /p b.example']);
});

test.each([
  ['', ['http', 'http', 'http'], 'off', null],
  ['https: self-signed, hsts: 30d, ', ['https', 'redirect', 'redirect'], 'self-signed', null],
  [
    'https: { cert: a.pem, key: a.key }, ',
    ['https', 'redirect', 'redirect'],
    { certFile: 'a.pem', keyFile: 'a.key' },
    31_536_000,
  ],
  ['https: { cert: a.pem, key: a.key }, hsts: 30d, ', ['https', 'redirect', 'redirect'], {}, 2_592_000],
  [
    'https: auto, hostnames: [a.example], acme: { termsAccepted: true }, ',
    ['https', 'redirect', 'redirect'],
    'auto',
    31_536_000,
  ],
  ['https: { cert: a.pem, key: a.key }, hsts: off, ', ['https', 'redirect', 'redirect'], {}, null],
])('server { %s… } says which address speaks what', (https, protocols, source, hstsSeconds) => {
  const listen = '[":443", ":80", "http://127.0.0.1:8080"]';
  const { server } = compile(`version: 1\nserver: { ${https}listen: ${listen} }\nservices: []\n`);
  expect(server.listen.map((address) => address.protocol)).toEqual(protocols);
  expect(server.listen[2]).toMatchObject({ host: '127.0.0.1', port: 8080 });
  expect(server).toMatchObject({ https: source, hstsSeconds });
});

test.each([
  ['termsAccepted: true', ':443', { email: null, directory: null, challenges: ['tls-alpn-01'], dnsHook: null }],
  [
    'termsAccepted: true, email: o@a.example',
    ':443", ":80',
    { email: 'o@a.example', challenges: ['http-01', 'tls-alpn-01'] },
  ],
  ['termsAccepted: true, dnsHook: my-dns', ':443", ":80', { challenges: ['dns-01'], dnsHook: 'my-dns' }],
  ['termsAccepted: true, challenges: [tls-alpn-01]', ':443", ":80', { challenges: ['tls-alpn-01'] }],
])('acme { %s } on "%s" is proven by what the addresses allow', (acme, listen, compiled) => {
  const text = `version: 1\nserver: { https: auto, hostnames: [a.example], acme: { ${acme} }, listen: ["${listen}"] }\nservices: []\n`;
  expect(compile(text).server.acme).toMatchObject(compiled);
});

test.each([
  ['', { tls: true, cleartext: false }],
  ['http2: false, ', { tls: false, cleartext: false }],
  ['http2: { cleartext: true }, ', { tls: true, cleartext: true }],
])('server { %s… } says where HTTP/2 is spoken', (http2, compiled) => {
  expect(compile(`version: 1\nserver: { ${http2}listen: [":80"] }\nservices: []\n`).server.http2).toEqual(compiled);
});

test('drafts are made where they are asked for, and by default under a control plane alone', () => {
  const config: GatewayConfig = { version: 1, services: [] };
  const drafts = (change: GatewayConfig['drafts'], mode?: 'on' | 'off') =>
    compileSnapshot(
      { ...config, ...(change === undefined ? {} : { drafts: change }) },
      { revision: 1, lock: null, ...(mode === undefined ? {} : { drafts: mode }) },
    ).drafts;
  expect(drafts(undefined)).toBeNull();
  expect(drafts({ mode: 'on', sample: 5 })).toEqual({ perSecond: 5, maxBytes: 65_536 });
  expect(drafts(undefined, 'on')).toEqual({ perSecond: 2, maxBytes: 65_536 });
  expect(drafts({ mode: 'off' }, 'on')).toBeNull();
});
