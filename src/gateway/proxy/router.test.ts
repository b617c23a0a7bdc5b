import { expect, it } from 'vitest';
import { createRouteTable } from './router.ts';

const route = (path: string, methods: string[] = [], hostnames: string[] = []) => ({
  id: `${methods.join(',')} ${path} ${hostnames}`.trim(),
  path,
  methods,
  hostnames,
});

const table = await createRouteTable([
  route('/*'),
  route('/admin/*', ['GET']),
  route('/customers/{id}', ['GET']),
  route('/customers/{customerId}', ['PUT', 'PATCH']),
  route('/customers/me', ['GET']),
  route('/customers/{id}/orders/{orderId}'),
  route('/files/a:b', ['GET']),
  route('/only', ['POST']),
  route('/special', [], ['b.example']),
  route('/customers/{id}', ['GET'], ['b.example']),
]);
const find = (method: string, path: string, host = 'a.example') => {
  const match = table.find(host, method, path, decodeURIComponent(path));
  return match.kind === 'route' ? `${match.route.id} ${match.params.join('|')}`.trim() : match.kind;
};

it.each([
  ['GET', '/customers/42', 'GET /customers/{id}  42'],
  ['PATCH', '/customers/42', 'PUT,PATCH /customers/{customerId}  42'],
  ['HEAD', '/customers/42', 'GET /customers/{id}  42'],
  ['GET', '/customers/me', 'GET /customers/me'],
  ['GET', '/customers/42/', 'GET /customers/{id}  42'],
  ['GET', '/customers/a%20b', 'GET /customers/{id}  a b'],
  ['GET', '/customers/AbC', 'GET /customers/{id}  AbC'],
  ['POST', '/customers/42/orders/7', '/customers/{id}/orders/{orderId}  42|7'],
  ['GET', '/admin/x/y', 'GET /admin/*  x/y'],
  ['GET', '/admin/', 'GET /admin/*'],
  ['GET', '/admin', 'GET /admin/*'],
  ['GET', '/customers/me/x', '/*  customers/me/x'],
  ['GET', '/customers', '/*  customers'],
  ['GET', '/customers/%6de', 'GET /customers/me'],
  ['GET', '/customers/100%25', 'GET /customers/{id}  100%'],
  ['GET', '/files/a:b', 'GET /files/a:b'],
  ['GET', '/else', '/*  else'],
  ['GET', '/', '/*'],
  ['POST', '/only', 'POST /only'],
])('%s %s', (method, path, expected) => {
  expect(find(method, path).replace(/ +/g, ' ')).toBe(expected.replace(/ +/g, ' '));
});

it('tells a wrong method from an unknown path, and never falls back to a wider route', () => {
  expect(table.find('a.example', 'DELETE', '/customers/42', '/customers/42')).toEqual({
    kind: 'method-not-allowed',
    allow: 'GET, HEAD, PATCH, PUT',
  });
  expect(find('GET', '/only')).toBe('method-not-allowed');
});

it('refuses a path that a case-insensitive application would take for a stricter route', () => {
  expect(find('GET', '/Admin/x')).toBe('case-conflict');
  expect(find('GET', '/CUSTOMERS/me')).toBe('case-conflict');
  expect(find('GET', '/customers/ME')).toBe('case-conflict');
  expect(find('GET', '/Else')).toBe('/* Else');
});

it('keeps routes of a host name to that host', () => {
  expect(find('GET', '/special', 'b.example')).toContain('/special');
  expect(find('GET', '/special', 'a.example')).toBe('/* special');
  expect(find('GET', '/customers/1', 'b.example')).toContain('b.example');
});
