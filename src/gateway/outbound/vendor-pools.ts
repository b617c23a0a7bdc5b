import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { SnapshotVendor } from '../../contracts/snapshot/snapshot-vendor.ts';
import { AppError } from '../../platform/app-error.ts';
import { isForbiddenAddress } from '../../platform/http/forbidden-address.ts';
import { guardedLookup, type LookupAll } from '../../platform/http/guarded-lookup.ts';
import { isPublicAddress } from '../../platform/http/public-address.ts';
import type { Logger } from '../../platform/logger.ts';
import { ServiceUpstreams } from '../proxy/service-upstreams.ts';
import { Upstream } from '../proxy/upstream.ts';

const IDLE_TIMEOUT_MS = 300_000;

/**
 * Connections to vendors. Unlike those to own services they lead out of the house: TLS 1.2 or newer with a certificate that is
 * checked, and to public addresses alone, judged for each connection after its name was resolved.
 */
export class VendorPools {
  readonly #pools = new Map<string, Upstream>();
  /** The key of the newest pool: the certificates in a file may have changed since. */
  readonly #latest = new Map<string, string>();
  readonly #authorities = new Map<string, string>();
  readonly #logger: Logger;
  readonly #lookup: LookupAll | undefined;

  /** `lookup` in the place of the operating system's. */
  constructor(logger: Logger, lookup?: LookupAll) {
    this.#logger = logger;
    this.#lookup = lookup;
  }

  /** Throws `AppError('vendor-private')` for an address that may not be called, `AppError('ca-unreadable')`; see `VendorSecrets` for `mayBeOld`. */
  acquire(vendor: SnapshotVendor, mayBeOld: boolean): ServiceUpstreams {
    const url = new URL(vendor.origin);
    const isAllowed = vendor.allowPrivate ? (address: string) => !isForbiddenAddress(address) : isPublicAddress;
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isAllowed(literal)) throw privateAddress(vendor.name, literal);
    const { connectTimeoutMs, responseTimeoutMs } = vendor;
    const ca = vendor.caFile === null ? null : this.#readCa(vendor, vendor.caFile, mayBeOld);
    const key = `${poolKey(vendor)} ${ca === null ? '' : hash('sha256', ca)}`;
    let upstream = this.#pools.get(key);
    if (upstream === undefined) {
      upstream = new Upstream(vendor.name, url.origin, connectTimeoutMs, this.#logger, {
        lookup: guardedLookup(isAllowed, this.#lookup),
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        ...(ca === null ? {} : { ca }),
      });
      this.#pools.set(key, upstream);
    }
    this.#latest.set(poolKey(vendor), key);
    return new ServiceUpstreams(
      {
        ...{ preserveHost: false, connectTimeoutMs, responseTimeoutMs, idleTimeoutMs: IDLE_TIMEOUT_MS },
        ...{ retryIdempotencyKey: false, upstreams: [] },
      },
      [{ upstream, weight: 1 }],
    );
  }

  #readCa({ name }: SnapshotVendor, file: string, mayBeOld: boolean): string {
    try {
      const ca = readFileSync(file, 'utf8');
      this.#authorities.set(file, ca);
      return ca;
    } catch (error) {
      const known = this.#authorities.get(file);
      if (mayBeOld && known !== undefined) return known;
      throw new AppError('ca-unreadable', `The certificates in ${file}, for the vendor "${name}", cannot be read.`, {
        status: 422,
        next: 'Name a PEM file that the gateway may read.',
        cause: error,
      });
    }
  }

  /** Ends the pools that no current vendor uses, once their calls are done. */
  retain(vendors: readonly SnapshotVendor[]): void {
    const wanted = new Set(vendors.map((vendor) => this.#latest.get(poolKey(vendor))));
    for (const [key, pool] of this.#pools) {
      if (wanted.has(key)) continue;
      this.#pools.delete(key);
      void pool.connections.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.connections.destroy()));
    this.#pools.clear();
  }
}

function poolKey({ origin, connectTimeoutMs, responseTimeoutMs, allowPrivate, caFile }: SnapshotVendor): string {
  return JSON.stringify([origin, connectTimeoutMs, responseTimeoutMs, allowPrivate, caFile]);
}

function privateAddress(name: string, address: string): AppError {
  return new AppError('vendor-private', `The vendor "${name}" has the address ${address}, which may not be called.`, {
    status: 422,
    next: 'For a vendor in a private network write "allowPrivate: true". Services of a cloud are never called.',
  });
}
