import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotConsumer, SnapshotKey } from '../contracts/snapshot/snapshot-consumer.ts';
import { endOfExpiry } from './end-of-expiry.ts';
import { unique } from './unique.ts';

/** Compiles one consumer, without its keys. */
export function compileConsumer(consumer: NonNullable<GatewayConfig['consumers']>[number]): SnapshotConsumer {
  return {
    name: consumer.name,
    attributes: consumer.attributes ?? {},
    scopes: unique(consumer.scopes ?? []),
    basic: (consumer.basic ?? []).map(({ username, passwordHash, expires }) => ({
      ...{ username: username.normalize('NFC'), passwordHash },
      expiresAt: expires === undefined ? null : endOfExpiry(expires),
    })),
    certificates: (consumer.certificates ?? []).map((rule) => ({
      subject: rule.subject ?? null,
      fingerprint256: rule.fingerprint256?.replaceAll(':', '').toLowerCase() ?? null,
      sanUri: rule.sanUri ?? null,
      sanDns: rule.sanDns?.toLowerCase() ?? null,
    })),
  };
}

/** Ids that occur under several consumers get the consumer's name in front, as the gateway tells keys apart by id alone. */
export function compileKeys(consumers: NonNullable<GatewayConfig['consumers']>): SnapshotKey[] {
  const uses = new Map<string, number>();
  for (const key of consumers.flatMap((consumer) => consumer.keys ?? [])) uses.set(key.id, (uses.get(key.id) ?? 0) + 1);
  return consumers.flatMap((consumer) =>
    (consumer.keys ?? []).map((key) => ({
      id: uses.get(key.id) === 1 ? key.id : `${consumer.name}/${key.id}`,
      consumer: consumer.name,
      hash: key.hash.slice('sha256:'.length),
      expiresAt: key.expires === undefined ? null : endOfExpiry(key.expires),
      revoked: false,
      scopes: key.scopes === undefined ? null : unique(key.scopes),
    })),
  );
}
