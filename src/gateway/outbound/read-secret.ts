import { readFileSync } from 'node:fs';
import type { SecretInjection } from '../../contracts/config/outbound-config.ts';
import type { SnapshotVendor } from '../../contracts/snapshot/snapshot-vendor.ts';
import { AppError } from '../../platform/app-error.ts';

/** The vendor's key as it goes out: a header field, or a parameter of the query. */
export type VendorSecret = {
  readonly header: readonly [name: string, value: string] | null;
  readonly query: readonly [name: string, value: string] | null;
  /** All spellings in which it must not come back in an answer. */
  readonly spellings: readonly string[];
};

/** In the place of a key that is gone: nothing goes out. */
export const NO_SECRET: VendorSecret = { header: null, query: null, spellings: [] };

/** Reads vendors' keys and remembers what it read, for the moment in which one is gone and the house has to be locked. */
export class VendorSecrets {
  readonly #known = new Map<string, string>();
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.#env = env;
  }

  /**
   * A vendor's key from where the configuration says. It is never taken literally, defaulted or left out: throws
   * `AppError('secret-missing')` or `AppError('secret-unusable')`, which name the place and never what stands there. With
   * `mayBeOld` a key that was read before stands in for one that is gone, as a lock must not wait for it.
   */
  read(vendor: SnapshotVendor, mayBeOld: boolean): VendorSecret {
    const place = JSON.stringify(vendor.secret);
    const known = this.#known.get(place);
    try {
      const text = demandText(vendor, this.#env);
      this.#known.set(place, text);
      return placed(vendor.inject, text);
    } catch (error) {
      if (mayBeOld && known !== undefined) return placed(vendor.inject, known);
      throw error;
    }
  }
}

function demandText({ secret, name }: SnapshotVendor, env: NodeJS.ProcessEnv): string {
  const place = 'env' in secret ? `the environment variable ${secret.env}` : `the file ${secret.file}`;
  const text = ('env' in secret ? (env[secret.env] ?? '') : readText(secret.file)).trim();
  if (text === '') {
    throw new AppError(
      'secret-missing',
      `The key of the vendor "${name}" is missing: ${place} is empty or not there.`,
      {
        status: 422,
        next:
          'env' in secret
            ? 'Set it for the gateway and start it again.'
            : 'Put the key there, readable by the gateway.',
      },
    );
  }
  // Printable ASCII on one line: nothing that could end the header field and begin another.
  if (!/^[\x20-\x7e]{1,8192}$/.test(text)) {
    throw new AppError(
      'secret-unusable',
      `The key of the vendor "${name}" in ${place} is not one line of plain text.`,
      {
        status: 422,
        next: 'Put the key there and nothing else.',
      },
    );
  }
  return text;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Whether it is missing or may not be read, the next step is the same.
    return '';
  }
}

function placed(inject: SecretInjection, text: string): VendorSecret {
  if (inject === 'bearer') return { header: ['authorization', `Bearer ${text}`], query: null, spellings: [text] };
  if (inject === 'basic') {
    // RFC 7617 §2; Stripe and its like take the key as user name without a password.
    const encoded = Buffer.from(text.includes(':') ? text : `${text}:`).toString('base64');
    return { header: ['authorization', `Basic ${encoded}`], query: null, spellings: [text, encoded] };
  }
  if ('header' in inject) {
    return { header: [inject.header, `${inject.prefix ?? ''}${text}`], query: null, spellings: [text] };
  }
  const encoded = encodeURIComponent(text);
  return { header: null, query: [inject.query, encoded], spellings: [text, encoded] };
}
