import { expect, it } from 'vitest';
import { asHttp1 } from './h2-request.ts';

const start = [':method', 'GET', ':path', '/', ':scheme', 'https'];

it.each([
  ['authority as Host', [...start, ':authority', 'a.example', 'x', '1'], false, ['x', '1', 'host', 'a.example']],
  ['the same twice once', [...start, ':authority', 'a.example', 'host', 'A.example'], false, ['host', 'a.example']],
  ['two that differ as two', [':authority', 'a', 'host', 'b'], false, ['host', 'b', 'host', 'a']],
  ['Host alone', [...start, 'host', 'b'], false, ['host', 'b']],
  ['crumbs joined', ['cookie', 'a=1', 'x', '1', 'cookie', 'b=2'], false, ['x', '1', 'cookie', 'a=1; b=2']],
  ['a body without length as chunked', ['x', '1'], true, ['x', '1', 'transfer-encoding', 'chunked']],
  ['a body with its length', ['content-length', '5'], true, ['content-length', '5']],
])('writes %s', (_, fields, hasBody, head) => {
  expect(asHttp1(fields, hasBody)).toEqual(head);
});
