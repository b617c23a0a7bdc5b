import { expect, test } from 'vitest';
import type { ActivityDetail } from '../../../contracts/api/activity.ts';
import type { AttackEvidence } from '../../../contracts/events/gateway-event.ts';
import { caseOfCall } from './case-of-call.ts';

const CALL = { id: '01REF', service: 'shop', route: 'GET /a/{id}', method: 'GET', path: '/a/{id}' } as ActivityDetail;

function requestFor(...seen: [place: string, excerpt: string][]) {
  const charges: AttackEvidence['charges'] = seen.map(([place, excerpt]) => ({
    ...{ kind: 'sqli', technique: 't', confidence: 90, place, excerpt, undone: [] },
  }));
  return caseOfCall(CALL, charges, 0)?.request;
}

test.each<[[string, string][], object]>([
  [[['query.q', "…' or 1=1…"]], { target: "/a/x?q='%20or%201%3D1", headers: [], body: null }],
  [[['header.x-note', 'a']], { target: '/a/x', headers: ['x-note', 'a'] }],
  [
    [
      ['cookie.a', 'b c'],
      ['cookie.d', 'e'],
    ],
    { headers: ['Cookie', 'a=b%20c; d=e'] },
  ],
  [[['path[2]', '<b>']], { target: '/a/x/%3Cb%3E' }],
  [[['body.items[*].note', 'x']], { headers: ['Content-Type', 'application/json'], body: '{"items":[{"note":"x"}]}' }],
  [
    [
      ['body.a.b', '1'],
      ['body.a.c', '2'],
    ],
    { body: '{"a":{"b":"1","c":"2"}}' },
  ],
  [[['body', 'x']], { body: '"x"' }],
  [[['body[*]', 'x']], { body: '["x"]' }],
  [[['body.__proto__.a', 'x']], { body: '{"__proto__":{"a":"x"}}' }],
])('%j', (seen, request) => expect(requestFor(...seen)).toMatchObject({ method: 'GET', ...request }));

test('where nothing may be kept there is no case', () => {
  expect(requestFor(['body.password', ''])).toBeUndefined();
  expect(requestFor(['body.password', ''], ['body.note', 'x'])).toMatchObject({ body: '{"note":"x"}' });
});
