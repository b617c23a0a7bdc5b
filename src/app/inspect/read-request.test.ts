import { expect, test } from 'vitest';
import { readRequest } from './read-request.ts';

const read = (text: string) => {
  const { body, ...request } = readRequest(Buffer.from(text));
  return { ...request, body: body === null ? null : Buffer.from(body).toString() };
};

test.each([
  ['GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-A:  1 \r\n\r\n', { headers: ['Host', 'x', 'X-A', '1'], body: null }],
  ['GET /a?b=c\nHost: x', { headers: ['Host', 'x'], body: null }],
  ['GET /a?b=c HTTP/2\nA: b:c\n\nline\n\nline', { headers: ['A', 'b:c'], body: 'line\n\nline' }],
  ['\ufeff{"path":"/a?b=c"}', { headers: [], body: null }],
  ['{"method":"GET","target":"/a?b=c","headers":{"A":["1","2"]}}', { headers: ['A', '1', 'A', '2'], body: null }],
  ['{"method":"GET","path":"/a?b=c","headers":["A","1"],"body":"x=1"}', { headers: ['A', '1'], body: 'x=1' }],
])('%j', (text, request) => {
  expect(read(text)).toEqual({ method: 'GET', target: '/a?b=c', ...request });
});

test('a body of JSON says that it is', () => {
  expect(read('{"path":"/","body":{"a":1}}')).toEqual({
    ...{ method: 'POST', target: '/', body: '{"a":1}' },
    headers: ['Content-Type', 'application/json'],
  });
});

test('a target may hold spaces, as attacks do', () => {
  expect(read("GET /a?q=1' or 1=1-- HTTP/1.1\n")).toMatchObject({ target: "/a?q=1' or 1=1--" });
});

test.each(['', 'hello', '{"path":', '{"method":"GET"}', 'GET / HTTP/1.1\nno field\n\n'])('%j is none', (text) => {
  expect(() => readRequest(Buffer.from(text))).toThrow(/no request that can be read/);
});
