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

/** What every TLS address of the gateway is set up with: TLS 1.2 and 1.3, no renegotiation (RFC 9325). */
export function tlsOptions({
  certPem,
  keyPem,
  clients,
}: {
  certPem: string;
  keyPem: string;
  clients: ClientTrust | null;
}): SecureContextOptions {
  return {
    cert: certPem,
    key: keyPem,
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    // In the place of the authorities that Node knows; every new context also makes all session tickets before it void.
    ...(clients === null ? {} : { ca: clients.caPem, crl: [...clients.crlPems] }),
  };
}
