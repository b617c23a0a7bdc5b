import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { bits, integer, moment, objectId, octets, sequence, set, TRUE, tagged, taggedBytes, utf8 } from './der.ts';

const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

/** Longest common name that RFC 5280 allows; nobody reads it, the names stand in subjectAltName. */
const MAX_COMMON_NAME = 64;

/**
 * Makes a P-256 key and a certificate for it that is signed with that same key (X.509 v3, RFC 5280), for a server under
 * `names` (host names and addresses). Times in Unix milliseconds. Returns both as PEM.
 */
export function makeSelfSigned(
  names: readonly string[],
  notBefore: number,
  notAfter: number,
): { certPem: string; keyPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(objectId(OID.ecdsaWithSha256));
  const name = sequence(
    set(sequence(objectId(OID.commonName), utf8((names[0] ?? 'localhost').slice(0, MAX_COMMON_NAME)))),
  );
  const content = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    algorithm,
    name,
    sequence(moment(notBefore), moment(notAfter)),
    name,
    spki,
    tagged(3, extensions(names, spki)),
  );
  const certificate = sequence(content, algorithm, bits(sign('sha256', content, privateKey)));
  return { certPem: pem(certificate), keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

function extensions(names: readonly string[], spki: Buffer): Buffer {
  const digitalSignature = bits(Buffer.from([0x80]), 7);
  const alternatives = names.map((name) =>
    isIP(name) === 0
      ? taggedBytes(2, Buffer.from(name))
      : taggedBytes(7, Buffer.from(ipaddr.parse(name).toByteArray())),
  );
  return sequence(
    sequence(objectId(OID.basicConstraints), TRUE, octets(sequence())),
    sequence(objectId(OID.keyUsage), TRUE, octets(digitalSignature)),
    sequence(objectId(OID.extendedKeyUsage), octets(sequence(objectId(OID.serverAuth)))),
    sequence(objectId(OID.subjectAltName), octets(sequence(...alternatives))),
    sequence(objectId(OID.subjectKeyIdentifier), octets(octets(createHash('sha1').update(spki).digest()))),
  );
}

/** 16 random bytes, positive and never zero (RFC 5280 §4.1.2.2). */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
