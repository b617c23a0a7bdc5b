import { webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** Longest common name that RFC 5280 allows; nobody reads it, the names stand in subjectAltName. */
const MAX_COMMON_NAME = 64;
const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * Makes a P-256 key and a certificate for it that is signed with that same key (X.509 v3, RFC 5280), for a server under
 * `names` (host names and addresses). Times in Unix milliseconds. Returns both as PEM.
 */
export async function makeSelfSigned(
  names: readonly string[],
  notBefore: number,
  notAfter: number,
): Promise<{ certPem: string; keyPem: string }> {
  // Loaded when a certificate is made, which is about once a year.
  const x509 = await import('@peculiar/x509');
  const keys = (await webcrypto.subtle.generateKey(SIGNING, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [(names[0] ?? 'localhost').slice(0, MAX_COMMON_NAME)] }],
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    webcrypto as Crypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = key.match(/.{1,64}/g) ?? [];
  return {
    certPem: new X509Certificate(Buffer.from(certificate.rawData)).toString(),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
