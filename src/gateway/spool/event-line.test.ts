import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RequestEvent, StreamEndEvent } from '../../contracts/events/gateway-event.ts';
import { malformedFields, redactPath, streamEndFields } from './event-line.ts';

it.each([
  ['/wp-login.php', '/wp-login.php'],
  ['/.env', '/.env'],
  ['/api/v1/users', '/api/v1/users'],
  ['/customers/42', '/customers/{…}'],
  ['/reset/ann@example.com', '/reset/{…}'],
  ['/t/4f9a0c77b1', '/t/{…}'],
  ['/a b', '/{…}'],
  ['/nl_live_secret1', '/{…}'],
  [`/${'x'.repeat(40)}`, '/{…}'],
  ['/', '/'],
  ['/a/', '/a/'],
])('the shape of %s is %s', (path, shape) => {
  expect(redactPath(path)).toBe(shape);
});

it('keeps the shape of any path short', () => {
  fc.assert(fc.property(fc.string({ maxLength: 5_000 }), (path) => redactPath(`/${path}`).length < 600));
});

it('writes lines that the contract accepts', () => {
  const malformed = malformedFields({
    id: '01M84Y5ED13M49F5W1G9HW3KVF',
    time: Date.UTC(2026, 10, 23),
    address: '192.0.2.1',
    status: 400,
    code: 'request-malformed',
    revision: 3,
  });
  expect(RequestEvent.parse(JSON.parse(`{"seq":1,${malformed}`))).toMatchObject({ status: 400, method: '-' });
  const end = streamEndFields({ id: 'X', bytesIn: 1, bytesOut: 2, durationMs: 3.25, reason: 'revoked' }, 0);
  expect(StreamEndEvent.parse(JSON.parse(`{"seq":2,${end}`))).toMatchObject({ durationMs: 3.25, reason: 'revoked' });
});
