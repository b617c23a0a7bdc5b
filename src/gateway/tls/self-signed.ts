import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { AppError } from '../../platform/app-error.ts';
import { judgeCertificate, type ServerCertificate } from './certificate.ts';
import { makeSelfSigned } from './make-certificate.ts';

const DAY_MS = 86_400_000;
/** Browsers refuse certificates that hold for more than 398 days. */
const LIFE_MS = 365 * DAY_MS;
const RENEW_BEFORE_MS = 30 * DAY_MS;
/** Callers' clocks may be slow. */
const BACKDATE_MS = DAY_MS;

/**
 * The certificate for a first look: the one kept in `dataDir/self-signed.pem` (key and certificate, mode 0600) while it names
 * what it should and has a month left; a new one otherwise. Throws `AppError('certificate-not-kept')` when it cannot be written,
 * as callers who trusted it would meet another one after every start.
 */
export async function selfSignedCertificate(
  dataDir: string,
  hostnames: readonly string[],
  now: number,
): Promise<ServerCertificate> {
  const names = [...new Set([...hostnames, 'localhost', '127.0.0.1', '::1'])];
  const file = join(dataDir, 'self-signed.pem');
  const kept = readKept(file, now);
  if (kept !== null && !needsRenewal(kept, now) && sameNames(kept, names)) return kept;
  const { certPem, keyPem } = await makeSelfSigned(names, now - BACKDATE_MS, now + LIFE_MS);
  try {
    writeFileSync(`${file}.new`, keyPem + certPem, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw new AppError('certificate-not-kept', `The self-signed certificate could not be written to ${file}.`, {
      next: 'Free disk space, or give the user that runs Nightlatch the right to write there.',
      cause,
    });
  }
  return judged(certPem, keyPem, file, now);
}

export function needsRenewal(certificate: ServerCertificate, now: number): boolean {
  return certificate.selfSigned && certificate.expiresAt - now < RENEW_BEFORE_MS;
}

/** Null for whatever is not there or of no use: a new one takes its place. */
function readKept(file: string, now: number): ServerCertificate | null {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('-----BEGIN CERTIFICATE-----');
    return judged(text.slice(end), text.slice(0, end), file, now);
  } catch {
    return null;
  }
}

function judged(certPem: string, keyPem: string, file: string, now: number): ServerCertificate {
  const certificate = judgeCertificate(certPem, keyPem, { certFile: file, keyFile: file }, now);
  return { ...certificate, selfSigned: true };
}

function sameNames({ leaf }: ServerCertificate, names: readonly string[]): boolean {
  const covered = names.every((name) => (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined);
  return covered && leaf.subjectAltName?.split(', ').length === names.length;
}
