import { describe, expect, it } from 'vitest';
import { compileSnapshot } from './compile-snapshot.ts';
import { parseConfig } from './parse-config.ts';

function routesOf(yaml: string, top = '') {
  const text = `version: 1\n${top}services:\n  - name: shop\n    upstream: http://x\n    routes:\n${yaml}`;
  const result = parseConfig(text);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  const { routes } = compileSnapshot(result.config, { revision: 1, lock: null });
  return { routes, warnings: result.warnings.map(({ code, line }) => `${line} ${code}`) };
}

const guardOf = (match: string, rest = '', top = '') =>
  routesOf(`      - match: { ${match} }\n        auth: none\n${rest}`, top).routes[0]?.loginProtection;

describe('routes that look like a log-in are guarded', () => {
  it.each([
    ['path: /login, methods: [POST]', true],
    ['path: /api/v1/users/Sign-In/, methods: [GET, POST]', true],
    ['path: /wp-login.php', true],
    ['path: "/{shop}/session", methods: [POST]', true],
    ['path: /auth/callback/credentials', true],
    ['path: /oauth/token', true],
    ['path: /login, methods: [GET]', false],
    ['path: /login-help', false],
    ['path: "/tokens/{id}", methods: [POST]', false],
    ['path: /orders', false],
  ])('{ %s }: %s', (match, guarded) => {
    const guard = guardOf(match);
    if (guarded) expect(guard).toMatchObject({ perAddress: 5, perAccount: 5, byPath: false });
    else expect(guard).toBeNull();
  });

  it('on a route of many paths by the path of each request', () => {
    expect(guardOf('path: "/*"')).toMatchObject({ perAddress: 5, byPath: true });
    expect(guardOf('path: "/*", methods: [GET]')).toBeNull();
  });

  it('as the route says, then as the defaults say', () => {
    const login = 'path: /login, methods: [POST]';
    expect(guardOf(login, '        loginProtection: off\n')).toBeNull();
    expect(guardOf(login, '', 'defaults: { loginProtection: off }\n')).toBeNull();
    const top = 'defaults: { loginProtection: { perAddress: 50 } }\n';
    expect(guardOf(login, '', top)).toMatchObject({ perAddress: 50, perAccount: 5 });
    expect(guardOf(login, '        loginProtection: { fields: [nick] }\n', top)).toMatchObject({
      perAddress: 50,
      fields: ['nick'],
    });
    const anywhere = '        loginProtection: { perAccount: 3 }\n';
    expect(guardOf('path: /enter', anywhere)).toMatchObject({ perAccount: 3, byPath: false });
  });

  it('unless the route has such limits of its own', () => {
    const own = '        rateLimit: [{ key: address, quota: 50, window: 1m }]\n';
    expect(guardOf('path: /login', own)).toMatchObject({ perAddress: null, perAccount: 5 });
    expect(guardOf('path: "/*"', own)).toMatchObject({ perAddress: 5 });
    const both =
      '        rateLimit: [{ key: address, quota: 9, window: 1m }, { key: body.nick, quota: 9, window: 1m }]\n';
    expect(guardOf('path: /login', both)).toBeNull();
  });

  it('and the check says so', () => {
    const login = '      - match: { path: /login }\n        auth: none\n';
    expect(routesOf(login).warnings).toEqual(['6 login-protected']);
    expect(routesOf(`${login}        loginProtection: off\n`).warnings).toEqual([]);
    expect(routesOf(`${login}        loginProtection: { perAddress: 5 }\n`).warnings).toEqual([]);
    expect(routesOf(`${login}        mode: off\n`).warnings).toEqual([]);
  });
});

it('limits that routes share are counted under their name, at each route’s cost', () => {
  const { routes } = routesOf(
    '      - match: { path: /a }\n        rateLimit: [{ use: daily }]\n      - match: { path: /b }\n        rateLimit: [{ use: daily, cost: 5 }, { key: route+query.q, quota: 3, window: 1m }]\n',
    'rateLimits: [{ name: daily, key: consumer, quota: 100, per: day }]\n',
  );
  const daily = { name: 'daily', key: 'consumer', quota: 100, windowMs: 86_400_000, per: 'day', shared: true };
  expect(routes.map((route) => route.rateLimits)).toEqual([
    [{ ...daily, cost: 1 }],
    [
      { ...daily, cost: 5 },
      {
        name: 'route+query.q',
        key: 'route+query.q',
        quota: 3,
        windowMs: 60_000,
        per: 'window',
        cost: 1,
        shared: false,
      },
    ],
  ]);
});
