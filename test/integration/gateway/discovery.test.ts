import { describe, expect, it } from 'vitest';
import { startTokenIssuer } from '../../fixtures/token-issuer.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from './start-gateway.ts';

/** A gateway that knows an issuer by its name alone, and a clock that can be put forward. */
async function shop(document: Record<string, unknown> = {}, away = false) {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const said = { document };
  const issuer = await startTokenIssuer(now, said);
  issuer.away = away;
  const upstream = await startUpstream();
  const gateway = await startGateway(
    {
      services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/a' }, auth: { any: ['jwt'] } }] }],
      jwt: { issuers: [{ issuer: issuer.issuer, audience: 'shop', discovery: true }] },
    },
    { clock: { now } },
  );
  const call = async () => {
    const response = await fetch(`${gateway.url}/a`, { headers: { Authorization: `Bearer ${issuer.token()}` } });
    await response.text();
    return response.status;
  };
  return { issuer, said, call, forward: (ms: number) => (ahead += ms) };
}

describe('an issuer that is known by its name alone', () => {
  it('is asked where its keys are, once', async () => {
    const { issuer, call } = await shop();
    expect([await call(), await call()]).toEqual([200, 200]);
    expect(issuer.fetches()).toBe(2);
  });

  it('may be away when the gateway starts, and later for a while', async () => {
    const { issuer, call, forward } = await shop({}, true);
    expect(await call()).toBe(503);
    issuer.away = false;
    forward(6_000);
    expect(await call()).toBe(200);
    issuer.away = true;
    forward(3 * 60 * 60_000);
    expect(await call()).toBe(200);
    forward(24 * 60 * 60_000);
    expect(await call()).toBe(503);
  });

  it('may move its keys', async () => {
    const other = await startTokenIssuer();
    const { said, issuer, call, forward } = await shop();
    expect(await call()).toBe(200);
    said.document = { jwks_uri: other.jwksUri };
    forward(2 * 60 * 60_000);
    expect(await call()).toBe(401);
    expect(other.fetches()).toBe(1);
    said.document = {};
    forward(2 * 60 * 60_000);
    expect(await call()).toBe(200);
    expect(issuer.away).toBe(false);
  });

  it.each([
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['that names no issuer', { issuer: undefined }],
    ['without an address of keys', { jwks_uri: undefined }],
    ['with a number for an address', { jwks_uri: 42 }],
    ['with a file for an address', { jwks_uri: 'file:///etc/passwd' }],
    ['with the metadata of a cloud for an address', { jwks_uri: 'http://169.254.169.254/keys' }],
    ['with plain http to another machine', { jwks_uri: 'http://192.0.2.7/keys' }],
  ])('whose document is one %s is not believed', async (_, document) => {
    const { issuer, call } = await shop(document);
    expect(await call()).toBe(503);
    expect(issuer.fetches()).toBe(1);
  });
});
