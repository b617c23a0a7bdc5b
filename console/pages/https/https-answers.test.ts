import { expect, test } from 'vitest';
import { answersOf, withAnswers } from './https-answers.ts';

const server = { listen: [':443'], hsts: 'off', limits: { body: '1MiB' } };

test('what the page does not know stays as it is', () => {
  const answers = { ...answersOf(server), way: 'self-signed' as const };
  expect(withAnswers(server, answers)).toEqual({ ...server, https: 'self-signed' });
});

test('an automatic certificate has names and an answer to the terms, and leaves both behind', () => {
  const acme = { challenges: ['tls-alpn-01'] };
  const answers = { ...answersOf({ ...server, acme }), way: 'auto' as const, terms: true, email: ' me@shop.example ' };
  const automatic = withAnswers({ ...server, acme }, { ...answers, names: 'shop.example, www.shop.example\n' });
  expect(automatic).toEqual({
    ...server,
    hostnames: ['shop.example', 'www.shop.example'],
    https: 'auto',
    acme: { challenges: ['tls-alpn-01'], email: 'me@shop.example', termsAccepted: true },
  });
  expect(answersOf(automatic)).toMatchObject({ way: 'auto', terms: true, email: 'me@shop.example' });
  expect(withAnswers(automatic, { ...answersOf(automatic), way: 'off', names: '' })).toEqual({
    ...server,
    https: 'off',
  });
});

test('own files are named', () => {
  const answers = { ...answersOf({}), way: 'files' as const, cert: ' tls/cert.pem', key: 'tls/key.pem ' };
  const https = { cert: 'tls/cert.pem', key: 'tls/key.pem' };
  expect(withAnswers({}, answers)).toEqual({ https });
  expect(answersOf({ https })).toMatchObject({ way: 'files', ...https });
});
