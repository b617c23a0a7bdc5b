import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SnapshotServer } from '../../contracts/snapshot/snapshot-server.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { AutomaticCertificate } from './acme/automatic-certificate.ts';
import { readCertificate, type ServerCertificate } from './certificate.ts';
import { type ClientTrust, type ClientTrustFiles, readClientTrust } from './client-trust.ts';
import { needsRenewal, selfSignedCertificate } from './self-signed.ts';

const DAY_MS = 86_400_000;
const WARN_BEFORE_MS = 21 * DAY_MS;

export type KeeperOptions = {
  dataDir: string;
  clock: Clock;
  logger: Logger;
  /** Where a certificate comes from with `https: auto`. */
  automatic: AutomaticCertificate;
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
  #replacing = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.lookEveryMs ?? 1_000);
    this.#timer.unref();
  }

  /**
   * What the configuration asks for, with what callers' certificates are held against; null with https off, and as long as an automatic one is awaited. Throws `AppError`
   * and changes nothing when it cannot be served.
   */
  async prepare(server: SnapshotServer): Promise<ServerCertificate | null> {
    const { dataDir, clock, automatic } = this.#options;
    if (server.https === 'off') {
      if (server.listen.every((address) => address.protocol !== 'https')) return null;
      throw new AppError('snapshot-invalid', 'An address speaks https, and the configuration names no certificate.', {
        status: 422,
        next: 'Set "server.https".',
      });
    }
    const clients = this.#clientTrust(server);
    const certificate =
      server.https === 'auto'
        ? automatic.stored(server)
        : server.https === 'self-signed'
          ? await selfSignedCertificate(dataDir, server.hostnames, clock.now())
          : readCertificate(this.#files(server.https), clock.now());
    return certificate === null ? null : { ...certificate, clients };
  }

  /** The certificate that was prepared for this configuration is in service now. */
  adopt(server: SnapshotServer, certificate: ServerCertificate | null): void {
    this.#server = server;
    this.#certificate = certificate;
    this.#known = this.#seen = this.#signature();
    this.#warnedAt = Number.NEGATIVE_INFINITY;
    this.#warn();
    this.#options.automatic.follow(server, certificate);
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

  /** Https is on, and there is nothing to show to callers yet. */
  awaits(): boolean {
    return this.#server?.https === 'auto' && this.#certificate === null;
  }

  /** An automatic certificate has come. */
  issued(certificate: ServerCertificate): void {
    if (this.#server?.https !== 'auto') return;
    const trusting = { ...certificate, clients: this.#clientTrust(this.#server) };
    this.adopt(this.#server, trusting);
    this.#options.renewed(trusting);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#options.automatic.close();
  }

  async #look(): Promise<void> {
    const { logger, clock } = this.#options;
    const server = this.#server;
    if (server === null || this.#certificate === null || this.#replacing) return;
    const signature = this.#signature();
    // Two looks in a row agree: nothing is read while certificate and key are being written.
    const changed = signature === this.#seen && signature !== this.#known;
    this.#seen = signature;
    if (changed || needsRenewal(this.#certificate, clock.now())) {
      this.#known = signature;
      this.#replacing = true;
      try {
        const next = await this.prepare(server);
        // Another configuration has come meanwhile.
        if (next === null || server !== this.#server) return;
        this.adopt(server, next);
        this.#options.renewed(next);
        logger.info({ expires: next.leaf.validToDate.toISOString() }, 'a new certificate is in service');
      } catch (error) {
        logger.error(
          { reason: error instanceof AppError ? error.message : String(error) },
          'the new certificate cannot be served; the one before stays in service',
        );
      } finally {
        this.#replacing = false;
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
    // An automatic one is renewed later than that when it holds for a few days only, and what goes wrong is told there.
    if (this.#server?.https === 'auto' && certificate.expiresAt > now) return;
    this.#warnedAt = now;
    const expires = certificate.leaf.validToDate.toISOString();
    if (certificate.expiresAt > now) logger.warn({ expires }, 'the certificate ends within 21 days; renew it');
    else logger.error({ expires }, 'the certificate has ended and callers refuse it; renew it');
  }

  #files(https: { certFile: string; keyFile: string }): { certFile: string; keyFile: string } {
    const { dataDir } = this.#options;
    return { certFile: resolve(dataDir, https.certFile), keyFile: resolve(dataDir, https.keyFile) };
  }

  #clientTrust(server: SnapshotServer): ClientTrust | null {
    const files = this.#clientFiles(server);
    return files === null ? null : readClientTrust(files);
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
