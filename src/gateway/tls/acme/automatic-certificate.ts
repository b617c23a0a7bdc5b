import type { SnapshotAcme } from '../../../contracts/snapshot/snapshot-acme.ts';
import type { SnapshotServer } from '../../../contracts/snapshot/snapshot-server.ts';
import { AppError } from '../../../platform/app-error.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { ServerCertificate } from '../certificate.ts';
import { AcmeFolder } from './acme-folder.ts';
import type { Challenges } from './challenges.ts';
import { orderCertificate } from './order-certificate.ts';
import { findObstacles } from './preflight.ts';
import { orderAllowedAt, recentOrders, renewalTime, retryDelay } from './when-to-order.ts';

/** Where and how fast; the defaults are for the internet. */
export type AcmeSetting = {
  /** The authority for whom the configuration names none, and where an order is rehearsed before. */
  production: string;
  staging: string;
  firstRetryMs: number;
  /** The port that the authority comes to by plain HTTP. */
  httpPort: number;
};

const LETS_ENCRYPT: AcmeSetting = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
  firstRetryMs: 60_000,
  httpPort: 80,
};

export type AutomaticOptions = {
  dataDir: string;
  clock: Clock;
  logger: Logger;
  challenges: Challenges;
  setting?: Partial<AcmeSetting>;
  /** A certificate came; it is to be served from now on. */
  issued(certificate: ServerCertificate): void;
};

type Wanted = { acme: SnapshotAcme; names: readonly string[] };

/**
 * Sees to it that the gateway has a certificate of its own: orders the first one, and a new one in time. Whatever goes wrong is
 * logged with its reason and tried again; the certificate in service stays until a better one is there.
 */
export class AutomaticCertificate {
  readonly #options: AutomaticOptions;
  readonly #setting: AcmeSetting;
  readonly #folder: AcmeFolder;
  #wanted: Wanted | null = null;
  #dueAt = 0;
  #inARow = 0;
  #busy = false;
  #timer: NodeJS.Timeout | null = null;
  /** Attempts that failed since the start. */
  failures = 0;

  constructor(options: AutomaticOptions) {
    this.#options = options;
    this.#setting = { ...LETS_ENCRYPT, ...options.setting };
    this.#folder = new AcmeFolder(options.dataDir);
  }

  /** The stored certificate, when it is from the authority that is wanted and serves one of the names; null otherwise. */
  stored(server: SnapshotServer): ServerCertificate | null {
    if (this.#folder.progress().directory !== this.#directoryOf(server.acme)) return null;
    const certificate = this.#folder.certificate(this.#options.clock.now());
    const serves = server.hostnames.some((name) => certificate?.leaf.checkHost(name) !== undefined);
    return serves ? certificate : null;
  }

  /** From now on looks after the certificate that this configuration asks for, starting with the one in service. */
  follow(server: SnapshotServer, inService: ServerCertificate | null): void {
    const wanted =
      server.https === 'auto' && server.acme !== null ? { acme: server.acme, names: server.hostnames } : null;
    const same = wanted !== null && JSON.stringify(wanted) === JSON.stringify(this.#wanted);
    this.#wanted = wanted;
    if (wanted === null) {
      this.close();
      return;
    }
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
    if (same) return;
    this.#inARow = 0;
    this.#dueAt = this.#dueTime(inService, wanted.names);
    void this.#look();
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#wanted = null;
  }

  #directoryOf(acme: SnapshotAcme | null): string {
    return acme?.directory ?? this.#setting.production;
  }

  #dueTime(certificate: ServerCertificate | null, names: readonly string[]): number {
    if (certificate === null || !names.every((name) => certificate.leaf.checkHost(name) !== undefined)) return 0;
    return renewalTime(certificate.leaf.validFromDate.getTime(), certificate.expiresAt, Math.random());
  }

  async #look(): Promise<void> {
    const { clock, logger } = this.#options;
    const wanted = this.#wanted;
    if (this.#busy || wanted === null || clock.now() < this.#dueAt) return;
    this.#busy = true;
    try {
      const certificate = await this.#obtain(wanted);
      this.#inARow = 0;
      if (this.#wanted !== wanted || certificate === null) return;
      this.#dueAt = this.#dueTime(certificate, wanted.names);
      this.#options.issued(certificate);
      logger.info(
        { hostnames: wanted.names, expires: certificate.leaf.validToDate.toISOString() },
        'a new certificate is in service',
      );
    } catch (error) {
      this.#failed(error, wanted);
    } finally {
      this.#busy = false;
    }
  }

  #failed(error: unknown, wanted: Wanted): void {
    this.failures++;
    // Another configuration has come meanwhile: it is tried on its own terms.
    if (this.#wanted !== wanted) return;
    const { clock, logger } = this.#options;
    this.#inARow++;
    this.#dueAt = clock.now() + retryDelay(this.#inARow, Math.random(), this.#setting.firstRetryMs);
    const known = error instanceof AppError;
    logger.error(
      {
        code: known ? error.code : 'internal',
        reason: known ? error.message : String(error),
        ...(known && error.next !== undefined ? { next: error.next } : {}),
        again: new Date(this.#dueAt).toISOString(),
      },
      'no certificate could be had; what is in service stays as it is',
    );
  }

  /** Null when too many orders were placed lately; it is then due once another one is allowed. */
  async #obtain(wanted: Wanted): Promise<ServerCertificate | null> {
    const { clock, logger, challenges } = this.#options;
    const { acme, names } = wanted;
    const allowedAt = orderAllowedAt(this.#folder.progress().orders, clock.now());
    if (allowedAt > clock.now()) {
      this.#dueAt = allowedAt;
      logger.warn({ again: new Date(allowedAt).toISOString() }, 'no more certificates are ordered within this hour');
      return null;
    }
    const viaHttp = acme.challenges.includes('http-01');
    const obstacles = viaHttp ? await findObstacles(names, challenges, this.#setting.httpPort) : [];
    for (const { message, next, blocking } of obstacles) {
      if (blocking) throw new AppError('acme-preflight', message, { next });
      logger.warn({ reason: message, next }, 'the authority may not be able to check a name');
    }
    const rehearsed = this.#folder.progress().rehearsed;
    if (acme.directory === null && !names.every((name) => rehearsed.includes(name))) {
      await this.#order(this.#setting.staging, wanted);
      this.#folder.keepProgress({ ...this.#folder.progress(), rehearsed: [...names] });
      logger.info({ hostnames: names }, 'the rehearsal with the staging authority worked');
    }
    const directory = this.#directoryOf(acme);
    const { certPem, keyPem } = await this.#order(directory, wanted);
    const certificate = this.#folder.keepCertificate(certPem, keyPem, clock.now());
    this.#folder.keepProgress({ ...this.#folder.progress(), directory, names: [...names] });
    return certificate;
  }

  #order(directory: string, { acme, names }: Wanted): Promise<{ certPem: string; keyPem: string }> {
    const { clock, dataDir, challenges } = this.#options;
    // An attempt that failed makes its order useless, so each one goes its own way.
    const challenge = acme.challenges[this.#inARow % acme.challenges.length] ?? 'http-01';
    return orderCertificate({
      directory,
      email: acme.email,
      names,
      challenge,
      dnsHook: acme.dnsHook,
      dataDir,
      folder: this.#folder,
      challenges,
      placing: () => {
        const progress = this.#folder.progress();
        const orders = [...recentOrders(progress.orders, clock.now()), clock.now()];
        this.#folder.keepProgress({ ...progress, orders });
      },
    });
  }
}

const LOOK_EVERY_MS = 1_000;
