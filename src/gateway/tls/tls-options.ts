import { constants } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { ClientTrust } from './client-trust.ts';

/**
 * Forward secrecy and authenticated encryption only: the "intermediate" list of Mozilla's server side TLS guidelines without
 * its finite-field suites. The first three are TLS 1.3's.
 */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** What callers are shown, and what theirs are held against. */
type Served = { readonly certPem: string; readonly keyPem: string; readonly clients: ClientTrust | null };

/**
 * What every TLS address of the gateway is set up with: TLS 1.2 and 1.3, no renegotiation (RFC 9325). Without a certificate,
 * as while the first one is awaited, every handshake fails: nothing is shown that callers could not trust.
 */
export function tlsOptions(certificate: Served | null): SecureContextOptions {
  return {
    ...(certificate === null ? {} : { cert: certificate.certPem, key: certificate.keyPem }),
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    // In the place of the authorities that Node knows; every new context also makes all session tickets before it void.
    ...(certificate?.clients == null ? {} : { ca: certificate.clients.caPem, crl: [...certificate.clients.crlPems] }),
  };
}
