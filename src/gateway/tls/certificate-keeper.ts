import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SnapshotServer } from '../../contracts/snapshot/snapshot-server.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { readCertificate, type ServerCertificate } from './certificate.ts';
import { type ClientTrustFiles, readClientTrust } from './client-trust.ts';
import { needsRenewal, selfSignedCertificate } from './self-signed.ts';

const DAY_MS = 86_400_000;
const WARN_BEFORE_MS = 21 * DAY_MS;

export type KeeperOptions = {
  dataDir: string;
  clock: Clock;
  logger: Logger;
  /** A newer certificate is to be served from now on, on connections that are opened from now on. */
  renewed(certificate: ServerCertificate): void;
  /** How often files are looked at. */
  lookEveryMs?: number;
};

/**
 * Holds the certificate in service, and replaces it when its files change or a self-signed one nears its end. What cannot be
 * served is logged once and the one before stays in service. Files are looked at rather than subscribed to: notices are lost
 * on bind mounts and when a renewal replaces a symbolic link.
 */
export class CertificateKeeper {
  readonly #options: KeeperOptions;
  readonly #timer: NodeJS.Timeout;
  #server: SnapshotServer | null = null;
  #certificate: ServerCertificate | null = null;
  #known = '';
  #seen = '';
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), options.lookEveryMs ?? 1_000);
    this.#timer.unref();
  }

  /** What the configuration asks for, with what callers' certificates are held against; null with https off. Throws `AppError` and changes nothing when it cannot be served. */
  prepare(server: SnapshotServer): ServerCertificate | null {
    const { dataDir, clock } = this.#options;
    if (server.https === 'off') return null;
    const files = this.#clientFiles(server);
    const clients = files === null ? null : readClientTrust(files);
    const certificate =
      server.https === 'self-signed'
        ? selfSignedCertificate(dataDir, server.hostnames, clock.now())
        : readCertificate(this.#files(server.https), clock.now());
    return { ...certificate, clients };
  }

  /** The certificate that was prepared for this configuration is in service now. */
  adopt(server: SnapshotServer, certificate: ServerCertificate | null): void {
    this.#server = server;
    this.#certificate = certificate;
    this.#known = this.#seen = this.#signature();
    this.#warnedAt = Number.NEGATIVE_INFINITY;
    this.#warn();
    const uncovered = server.hostnames.filter((name) => certificate?.leaf.checkHost(name) === undefined);
    if (certificate !== null && uncovered.length > 0) {
      this.#options.logger.warn(
        { hostnames: uncovered },
        'the certificate does not name every host name that is served',
      );
    }
  }

  /** Seconds until the certificate in service ends, negative afterwards; null without one. */
  secondsLeft(): number | null {
    if (this.#certificate === null) return null;
    return Math.floor((this.#certificate.expiresAt - this.#options.clock.now()) / 1000);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { logger, clock } = this.#options;
    const server = this.#server;
    if (server === null || this.#certificate === null) return;
    const signature = this.#signature();
    // Two looks in a row agree: nothing is read while certificate and key are being written.
    const changed = signature === this.#seen && signature !== this.#known;
    this.#seen = signature;
    if (changed || needsRenewal(this.#certificate, clock.now())) {
      this.#known = signature;
      try {
        const next = this.prepare(server);
        if (next === null) return;
        this.adopt(server, next);
        this.#options.renewed(next);
        logger.info({ expires: next.leaf.validToDate.toISOString() }, 'a new certificate is in service');
      } catch (error) {
        logger.error(
          { reason: error instanceof AppError ? error.message : String(error) },
          'the new certificate cannot be served; the one before stays in service',
        );
      }
    }
    this.#warn();
  }

  /** Once a day. */
  #warn(): void {
    const { clock, logger } = this.#options;
    const certificate = this.#certificate;
    const now = clock.now();
    if (certificate === null || certificate.expiresAt - now > WARN_BEFORE_MS || now - this.#warnedAt < DAY_MS) return;
    this.#warnedAt = now;
    const expires = certificate.leaf.validToDate.toISOString();
    if (certificate.expiresAt > now) logger.warn({ expires }, 'the certificate ends within 21 days; renew it');
    else logger.error({ expires }, 'the certificate has ended and callers refuse it; renew it');
  }

  #files(https: { certFile: string; keyFile: string }): { certFile: string; keyFile: string } {
    const { dataDir } = this.#options;
    return { certFile: resolve(dataDir, https.certFile), keyFile: resolve(dataDir, https.keyFile) };
  }

  #clientFiles({ clientCertificates }: SnapshotServer): ClientTrustFiles | null {
    if (clientCertificates === null) return null;
    const { dataDir } = this.#options;
    const { caFile, crlFile } = clientCertificates;
    return { caFile: resolve(dataDir, caFile), crlFile: crlFile === null ? null : resolve(dataDir, crlFile) };
  }

  #signature(): string {
    if (this.#server === null) return '';
    const { https } = this.#server;
    const own = typeof https === 'object' ? Object.values(this.#files(https)) : [];
    const clients = Object.values(this.#clientFiles(this.#server) ?? {}).filter((file) => file !== null);
    return [...own, ...clients].map(signatureOf).join(' ');
  }
}

function signatureOf(file: string): string {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(file);
    return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  } catch (error) {
    return `unreadable ${(error as NodeJS.ErrnoException).code}`;
  }
}
