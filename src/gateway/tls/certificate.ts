import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { AppError } from '../../platform/app-error.ts';
import type { ClientTrust } from './client-trust.ts';
import { tlsOptions } from './tls-options.ts';

/** A certificate that can be served: it fits its key and holds at the moment. */
export type ServerCertificate = {
  /** The leaf first, then what leads from it to an authority. */
  readonly certPem: string;
  readonly keyPem: string;
  readonly leaf: X509Certificate;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  readonly selfSigned: boolean;
  /** Whose certificates callers may show; null: they are not asked for one. */
  readonly clients: ClientTrust | null;
};

export type CertificateFiles = { certFile: string; keyFile: string };

/**
 * Reads certificate and key (PEM) and makes sure that they can be served now. Throws `AppError` with a plain sentence that
 * names the file: `certificate-unreadable`, `certificate-malformed`, `certificate-mismatch`, `certificate-expired`.
 */
export function readCertificate(files: CertificateFiles, now: number): ServerCertificate {
  const { certFile, keyFile } = files;
  return judgeCertificate(readText(certFile, 'certificate'), readText(keyFile, 'key'), files, now);
}

/** The same for what was read already. */
export function judgeCertificate(
  certPem: string,
  keyPem: string,
  { certFile, keyFile }: CertificateFiles,
  now: number,
): ServerCertificate {
  const leaf = parseLeaf(certPem, certFile);
  if (!leaf.checkPrivateKey(parseKey(keyPem, keyFile))) {
    throw refused('certificate-mismatch', `The key in ${keyFile} does not belong to the certificate in ${certFile}.`, {
      next: 'Name the key that the certificate was made for; in the certificate file, the server’s own certificate comes first.',
    });
  }
  const expiresAt = leaf.validToDate.getTime();
  if (expiresAt <= now) {
    throw refused('certificate-expired', `The certificate in ${certFile} ended on ${day(expiresAt)}.`, {
      next: 'Renew it, and put the new one in its place.',
    });
  }
  const startsAt = leaf.validFromDate.getTime();
  if (startsAt > now) {
    throw refused('certificate-not-yet-valid', `The certificate in ${certFile} holds only from ${day(startsAt)} on.`, {
      next: 'Use one that holds already, and check the clock of this machine.',
    });
  }
  try {
    createSecureContext(tlsOptions({ certPem, keyPem, clients: null }));
  } catch (cause) {
    // OpenSSL's words name no secrets: "ee key too small", "ca md too weak".
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused('certificate-malformed', `The certificate in ${certFile} cannot be served (${reason}).`, { cause });
  }
  return { certPem, keyPem, leaf, expiresAt, selfSigned: false, clients: null };
}

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === undefined ? 'cannot be read' : (UNREADABLE[code] ?? `cannot be read (${code})`);
    throw refused('certificate-unreadable', `The ${what} file ${file} ${reason}.`, {
      next: 'Check the path in "server.https" and the rights of the user that runs Nightlatch.',
      cause,
    });
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
};

function parseLeaf(pem: string, file: string): X509Certificate {
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw noCertificate(file);
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw noCertificate(file, cause);
  }
}

function noCertificate(file: string, cause?: unknown): AppError {
  return refused('certificate-malformed', `${file} holds no certificate that can be read.`, {
    next: 'Nightlatch reads PEM: text with the line -----BEGIN CERTIFICATE-----.',
    cause,
  });
}

function parseKey(pem: string, file: string): KeyObject {
  if (pem.includes('ENCRYPTED')) {
    throw refused('certificate-malformed', `The key in ${file} is protected by a pass phrase.`, {
      next: 'Write it without one (openssl pkey -in OLD -out NEW), readable by the user that runs Nightlatch only.',
    });
  }
  try {
    return createPrivateKey(pem);
  } catch {
    // Without the cause: nothing about a key belongs into a log.
    throw refused('certificate-malformed', `${file} holds no private key that can be read.`, {
      next: 'Nightlatch reads PEM: text with a line such as -----BEGIN PRIVATE KEY-----.',
    });
  }
}

function refused(code: string, message: string, more: { next?: string; cause?: unknown }): AppError {
  return new AppError(code, message, { status: 422, ...more });
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
