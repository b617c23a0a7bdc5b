import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { AppError } from '../../platform/app-error.ts';

/** Whose client certificates are believed. Another one ends every TLS session that was verified under this one. */
export type ClientTrust = {
  /** One or more certificates of authorities. */
  readonly caPem: string;
  /** Lists of revoked certificates, each of them a PEM block; empty when revocation is not looked at. */
  readonly crlPems: readonly string[];
};

export type ClientTrustFiles = { caFile: string; crlFile: string | null };

/**
 * Reads the authorities and their lists of revoked certificates. Throws `AppError('client-ca-unreadable')` or
 * `AppError('client-ca-malformed')` with a plain sentence that names the file.
 */
export function readClientTrust({ caFile, crlFile }: ClientTrustFiles): ClientTrust {
  const caPem = readText(caFile);
  if (blocks(caPem, 'CERTIFICATE').length === 0) throw malformed(caFile, 'certificate');
  const crlPems = crlFile === null ? [] : blocks(readText(crlFile), 'X509 CRL');
  if (crlFile !== null && crlPems.length === 0) throw malformed(crlFile, 'list of revoked certificates');
  try {
    for (const block of blocks(caPem, 'CERTIFICATE')) {
      if (!new X509Certificate(block).ca) throw malformed(caFile, 'certificate of an authority');
    }
    createSecureContext({ ca: caPem, crl: [...crlPems] });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw malformed(crlFile === null ? caFile : `${caFile} or ${crlFile}`, 'certificate or list', cause);
  }
  return { caPem, crlPems };
}

export function sameTrust(a: ClientTrust | null, b: ClientTrust | null): boolean {
  return a?.caPem === b?.caPem && a?.crlPems.join() === b?.crlPems.join();
}

function blocks(text: string, label: string): string[] {
  return text.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`, 'g')) ?? [];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('client-ca-unreadable', `The file ${file} of "server.clientCertificates" cannot be read.`, {
      status: 422,
      next: 'Check its path and the rights of the user that runs Nightlatch.',
      cause,
    });
  }
}

function malformed(file: string, what: string, cause?: unknown): AppError {
  return new AppError('client-ca-malformed', `${file} holds no ${what} that can be used.`, {
    status: 422,
    next: 'Nightlatch reads PEM: text with a line such as -----BEGIN CERTIFICATE----- or -----BEGIN X509 CRL-----.',
    cause,
  });
}
