import type { SecretSource } from '../contracts/config/secret-source.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import { AppError } from '../platform/app-error.ts';

/** What a secret is for. What is a good key for one may be none for another: a place is known by its user alone. */
export type SecretUser = `${'vendor' | 'webhook' | 'client'} ${string}`;

/** The secrets that one configuration cannot have; what needs them stays closed, and the rest of it is served. */
export type SecretGaps = {
  /** A sentence for each. */
  readonly told: readonly string[];
  /** Reads a secret; null when the same user had it in the configuration in service and it is gone. Throws as `read` does for any other. */
  orGone<T>(user: SecretUser, source: SecretSource, read: () => T): T | null;
};

/**
 * Where the configuration in service has its secrets from. A place that is new and empty is a mistake, and the configuration with it
 * is refused. A place that was good and is empty now must not keep out what else a new configuration says, such as that a key is
 * revoked: then only what needs that secret is closed.
 */
export class KnownSecrets {
  #places: ReadonlySet<string>;

  /** `last`: what was in service when this gateway last ran. */
  constructor(last: GatewaySnapshot | null) {
    this.#places = last === null ? new Set() : placesOf(last);
  }

  inService(snapshot: GatewaySnapshot): void {
    this.#places = placesOf(snapshot);
  }

  gaps(): SecretGaps {
    const told: string[] = [];
    return {
      told,
      orGone: (user, source, read) => {
        try {
          return read();
        } catch (error) {
          const isGone = error instanceof AppError && error.code === 'secret-missing';
          if (!isGone || !this.#places.has(placeOf(user, source))) throw error;
          told.push(error.message);
          return null;
        }
      },
    };
  }
}

function placesOf({ vendors, webhooks, introspection }: GatewaySnapshot): ReadonlySet<string> {
  return new Set([
    ...vendors.map(({ name, secret }) => placeOf(`vendor ${name}`, secret)),
    ...webhooks.flatMap(({ name, secrets }) => secrets.map((secret) => placeOf(`webhook ${name}`, secret))),
    ...introspection.map(({ url, clientSecret }) => placeOf(`client ${url}`, clientSecret)),
  ]);
}

function placeOf(user: SecretUser, source: SecretSource): string {
  return JSON.stringify([user, source]);
}
