import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { hashPassphrase } from '../../../src/platform/crypto/passphrase-hash.ts';
import { createAuthority } from '../../fixtures/certificates.ts';
import { type ClientCertificate, createClientAuthority } from '../../fixtures/client-authority.ts';
import { CLIENT, startIntrospectionServer } from '../../fixtures/introspection-server.ts';
import { startTokenIssuer } from '../../fixtures/token-issuer.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

type Way = 'apiKey' | 'jwt' | 'basic' | 'oauth2' | 'mtls';
export const PASSWORD = 'correct horse: battery';
const FIRST_HASH = await hashPassphrase(PASSWORD);
export const SECRET_ENV = 'NIGHTLATCH_TEST_INTROSPECTION';

export const key = keyFor('till-key');
export const otherKey = keyFor('other-key');
export const narrowKey = keyFor('narrow-key', { scopes: ['orders:read'] });

/** A shop behind https that knows every way to say who calls, and how to ask it. */
export async function credentialsShop() {
  const server = createAuthority().issue('shop', ['localhost']);
  const clients = createClientAuthority();
  const certificates: Record<string, ClientCertificate> = {
    till: clients.issue('till', { extensions: 'subjectAltName=URI:spiffe://shop/till,DNS:Till.example' }),
    other: clients.issue('other'),
    nobody: clients.issue('nobody', { subject: '/O=Shop/CN=till2' }),
    longer: clients.issue('longer', { subject: '/O=Shop/CN=other, O=Shop' }),
    ended: clients.issue('ended', { subject: '/O=Shop/CN=other', ended: true }),
    revoked: clients.issue('revoked', { subject: '/O=Shop/CN=other' }),
    'for-servers': clients.issue('for-servers', {
      subject: '/O=Shop/CN=other',
      extensions: 'extendedKeyUsage=serverAuth',
    }),
    foreign: createClientAuthority().issue('other'),
  };
  clients.revoke('revoked');
  const introspection = await startIntrospectionServer();
  const issuer = await startTokenIssuer();
  const upstream = await startUpstream((incoming, response) => {
    if (incoming.url === '/live') response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(':\n\n');
    else response.end('upstream');
  });
  process.env[SECRET_ENV] = CLIENT.secret;
  onTestFinished(() => void delete process.env[SECRET_ENV]);
  const any = (...ways: Way[]) => ({ any: ways });
  const config = {
    server: {
      https: { cert: server.certFile, key: server.keyFile },
      clientCertificates: { ca: clients.caFile, crl: clients.crlFile },
    },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/basic' }, auth: any('basic') },
          { match: { path: '/oauth2' }, auth: any('oauth2') },
          { match: { path: '/mtls' }, auth: any('mtls') },
          { match: { path: '/every' }, auth: 'required' as const },
          { match: { path: '/key-or-password' }, auth: any('apiKey', 'basic') },
          { match: { path: '/tokens' }, auth: any('jwt', 'oauth2') },
          { match: { path: '/live' }, auth: any('basic', 'oauth2', 'mtls') },
          { match: { path: '/cert-and-key' }, auth: { all: ['mtls' as const, 'apiKey' as const] } },
          { match: { path: '/cert-and-token' }, auth: { all: ['oauth2' as const, 'mtls' as const] } },
          { match: { path: '/pay' }, auth: { all: ['mtls' as const, 'apiKey' as const] }, scopes: ['orders:pay'] },
        ],
      },
    ],
    consumers: [
      {
        name: 'till',
        scopes: ['orders:read', 'orders:pay'],
        keys: [key.config, narrowKey.config],
        basic: [
          { username: 'till', passwordHash: FIRST_HASH },
          { username: 'old', passwordHash: FIRST_HASH, expires: '2020-01-01' },
        ],
        certificates: [{ sanUri: 'spiffe://shop/till', sanDns: 'till.example' }],
      },
      { name: 'other', keys: [otherKey.config], certificates: [{ subject: 'O=Shop, CN=other' }] },
    ],
    jwt: { issuers: [{ issuer: issuer.issuer, audience: 'shop', jwksUri: issuer.jwksUri }] },
    oauth2: {
      introspection: [
        {
          ...{ url: introspection.url, clientId: CLIENT.id, clientSecret: { env: SECRET_ENV } },
          ...{ issuer: 'https://as.example', audience: 'shop' },
        },
      ],
    },
  };
  const gateway = await startGateway(config);
  const call = async (path: string, headers: Record<string, string> = {}, certificate: string | null = null) => {
    const outgoing = request({
      ...{ port: gateway.port, host: '127.0.0.1', servername: 'localhost', path, headers, agent: false },
      ...{ rejectUnauthorized: false, ...(certificate === null ? {} : certificates[certificate]) },
    }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const body = await text(answer);
    const code = answer.statusCode === 200 ? null : (JSON.parse(body) as { code: string }).code;
    return { status: answer.statusCode, code, headers: answer.headers, body };
  };
  /** What an active token says, unless it is changed. */
  const active = { active: true, sub: 'ann', iss: 'https://as.example', aud: 'shop', scope: 'orders:read' };
  /** The calls that stand in the record. */
  const calls = () => gateway.events().filter((event) => event.type === 'request');
  return { calls, gateway, config, upstream, introspection, issuer, clients, certificates, call, active };
}

export const basic = (username: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});
export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
