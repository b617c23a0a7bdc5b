import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { callerFactory } from '../../../../caller.ts';
import { fixedKeys, type KeySource } from '../key-set.ts';
import { Tokens } from '../tokens.ts';

export const NOW = Date.UTC(2026, 10, 23, 12);
export const ISSUER = 'https://id.example';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });
export const KEY_SET = { keys: [jwk(ec.publicKey, 'ec'), jwk(rsa.publicKey, 'rsa')] };

const SIGNERS: Readonly<Record<string, (input: Buffer) => Buffer>> = {
  ec: (input) => sign('sha256', input, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
  'other-ec': (input) => sign('sha256', input, { key: otherEc.privateKey, dsaEncoding: 'ieee-p1363' }),
  rsa: (input) => sign('sha256', input, rsa.privateKey),
  nobody: () => Buffer.alloc(0),
  'hmac-of-public-pem': (input) =>
    createHmac('sha256', rsa.publicKey.export({ format: 'pem', type: 'spki' }))
      .update(input)
      .digest(),
  'hmac-of-public-jwk': (input) => createHmac('sha256', JSON.stringify(KEY_SET.keys[0])).update(input).digest(),
};

type Members = Readonly<Record<string, unknown>>;
export type Recipe = { header?: Members; claims?: Members; sign?: string; cut?: string };

/** A token that is good but for what the recipe says (testdata/forged-tokens.yaml). */
export function makeToken(recipe: Recipe = {}): string {
  const header = changed({ alg: 'ES256', kid: 'ec', typ: 'JWT' }, recipe.header);
  const claims = changed({ iss: ISSUER, aud: 'shop', sub: 'ann', exp: '+300' }, recipe.claims);
  if (typeof claims.filler === 'number') claims.filler = 'x'.repeat(claims.filler);
  const input = `${encode(recipe.cut === 'no-json-header' ? 'alg' : JSON.stringify(header))}.${encode(
    recipe.cut === 'list-payload' ? '[1]' : JSON.stringify(claims),
  )}`;
  const signer = SIGNERS[recipe.sign ?? 'ec'];
  if (signer === undefined) throw new RangeError(`nobody signs as ${recipe.sign}`);
  const token = `${input}.${signer(Buffer.from(input)).toString('base64url')}`;
  if (recipe.cut === 'fourth-part') return `${token}.AAAA`;
  if (recipe.cut === 'padding') return `${token}==`;
  return recipe.cut === 'spare-bits' ? withSpareBit(token) : token;
}

const encode = (text: string) => Buffer.from(text).toString('base64url');

function changed(members: Members, changes: Members = {}): Record<string, unknown> {
  const all = Object.entries({ ...members, ...changes }).filter(([, value]) => value !== null);
  const seconds = Math.floor(NOW / 1000);
  return Object.fromEntries(
    all.map(([name, value]) => [
      name,
      typeof value === 'string' && /^[+-]\d+$/.test(value) ? seconds + Number(value) : value,
    ]),
  );
}

/** 64 bytes leave four bits of the last character without a meaning: another one decodes to the same bytes. */
function withSpareBit(token: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + digits[digits.indexOf(token.slice(-1)) + 1];
}

export function judgeFor(options: { record?: 'hash' | 'claim'; keys?: KeySource } = {}): Tokens {
  const config = {
    issuer: ISSUER,
    audience: ['shop', 'phone'],
    keys: { set: KEY_SET },
    algorithms: ['ES256' as const, 'RS256' as const],
    clockToleranceMs: 30_000,
    consumerClaim: 'sub',
    scopesClaim: 'scope',
    attributes: { customerId: 'customer_id', shop: '__proto__' },
    record: options.record ?? ('hash' as const),
    forwardToken: false,
  };
  const makeCaller = callerFactory({ consumer: 'X-Consumer', scopes: 'X-Scopes' });
  const keys = options.keys ?? fixedKeys(KEY_SET);
  return new Tokens([{ config, keys }], { makeCaller, consumers: new Set(['web-shop']) });
}
