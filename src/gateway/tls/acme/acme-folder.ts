import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../platform/app-error.ts';
import { judgeCertificate, type ServerCertificate } from '../certificate.ts';

const Progress = z.object({
  /** Directory that the stored certificate came from. */
  directory: z.string().nullable().default(null),
  names: z.array(z.string()).default([]),
  /** Names for which an order at the staging authority has worked. */
  rehearsed: z.array(z.string()).default([]),
  /** Unix milliseconds of the orders of the last hour, so that a restart in a loop does not use up the authority's patience. */
  orders: z.array(z.number()).default([]),
});
export type Progress = z.infer<typeof Progress>;

/** What is kept of a gateway's own certificate: `acme/` in its data folder, everything readable by its user alone. */
export class AcmeFolder {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'acme');
  }

  /** The key of the account at a directory (PEM); null when there is none yet. */
  accountKey(directory: string): string | null {
    return this.#read(accountFile(directory));
  }

  keepAccountKey(directory: string, keyPem: string): void {
    this.#write(accountFile(directory), keyPem);
  }

  /** The stored certificate, when it can be served now; null otherwise: a new one is then ordered. */
  certificate(now: number): ServerCertificate | null {
    const text = this.#read(CERTIFICATE);
    if (text === null) return null;
    try {
      return this.#judge(text, now);
    } catch {
      return null;
    }
  }

  /** Throws `AppError` when it cannot be served or written. */
  keepCertificate(certPem: string, keyPem: string, now: number): ServerCertificate {
    const text = `${keyPem.trimEnd()}\n${certPem}`;
    const certificate = this.#judge(text, now);
    this.#write(CERTIFICATE, text);
    return certificate;
  }

  progress(): Progress {
    const text = this.#read(PROGRESS);
    try {
      return Progress.parse(JSON.parse(text ?? '{}'));
    } catch {
      // It saves an order or two; without it the work is done again.
      return Progress.parse({});
    }
  }

  keepProgress(progress: Progress): void {
    this.#write(PROGRESS, JSON.stringify(progress));
  }

  #judge(text: string, now: number): ServerCertificate {
    const file = join(this.#folder, CERTIFICATE);
    const at = text.indexOf('-----BEGIN CERTIFICATE-----');
    return judgeCertificate(text.slice(at), text.slice(0, at), { certFile: file, keyFile: file }, now);
  }

  #read(name: string): string | null {
    const file = join(this.#folder, name);
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new AppError('certificate-unreadable', `${file} cannot be read.`, {
        next: 'Check the rights of the user that runs Nightlatch.',
        cause,
      });
    }
  }

  #write(name: string, text: string): void {
    const file = join(this.#folder, name);
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (cause) {
      throw new AppError('certificate-not-kept', `${file} could not be written.`, {
        next: 'Free disk space, or give the user that runs Nightlatch the right to write there.',
        cause,
      });
    }
  }
}

const CERTIFICATE = 'certificate.pem';
const PROGRESS = 'progress.json';

/** An account belongs to one authority: each has a key of its own. */
function accountFile(directory: string): string {
  return `account-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}.key`;
}
