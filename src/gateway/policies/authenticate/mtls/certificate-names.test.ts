import type { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { namesOf, subjectKey } from './certificate-names.ts';

const read = (fields: { subject?: string; subjectAltName?: string }) =>
  namesOf({ fingerprint256: 'AB:CD', ...fields } as X509Certificate);

test.each([
  ['CN=till,O=Shop', 'O=Shop\nCN=till', true],
  ['O = Shop, CN = till', 'CN=till\nO=Shop', true],
  ['CN=till\\, the first', 'CN=till\\, the first', true],
  ['CN=till', 'CN=till\nO=Shop', false],
  ['CN=till,O=Shop', 'CN=till\\, O=Shop', false],
  ['CN=till', 'CN=TILL', false],
])('the subject written as %s and read as %j: %s', (written, subject, same) => {
  expect(subjectKey(written) === read({ subject }).subject).toBe(same);
});

test.each([
  ['DNS:Till.example, URI:spiffe://shop/till', ['till.example'], ['spiffe://shop/till']],
  ['URI:"spiffe://a, DNS:evil.example", DNS:b', ['b'], ['spiffe://a, DNS:evil.example']],
  ['DNS:"a\\", URI:spiffe://evil"', ['a", uri:spiffe://evil'], []],
  ['IP Address:127.0.0.1, email:a@b', [], []],
  ['', [], []],
])('alternative names %j', (subjectAltName, dns, uris) => {
  expect(read({ subjectAltName })).toMatchObject({ dns, uris, fingerprint256: 'abcd' });
});
