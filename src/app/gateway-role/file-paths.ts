import { resolve } from 'node:path';
import type { SecretSource } from '../../contracts/config/secret-source.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotServer } from '../../contracts/snapshot/snapshot-server.ts';

/** The files that a snapshot names, as seen from `folder`, where its configuration lies; the gateway does not know where that is. */
export function withFilePaths(snapshot: GatewaySnapshot, folder: string): GatewaySnapshot {
  const { https, clientCertificates } = snapshot.server;
  const at = (file: string) => resolve(folder, file);
  const server: SnapshotServer = {
    ...snapshot.server,
    https: typeof https === 'string' ? https : { certFile: at(https.certFile), keyFile: at(https.keyFile) },
    clientCertificates:
      clientCertificates === null
        ? null
        : {
            caFile: at(clientCertificates.caFile),
            crlFile: clientCertificates.crlFile === null ? null : at(clientCertificates.crlFile),
          },
  };
  const secret = (source: SecretSource) => ('file' in source ? { file: at(source.file) } : source);
  const introspection = snapshot.introspection.map((one) => ({ ...one, clientSecret: secret(one.clientSecret) }));
  const webhooks = snapshot.webhooks.map((one) => ({ ...one, secrets: one.secrets.map(secret) }));
  const vendors = snapshot.vendors.map((vendor) => ({
    ...vendor,
    secret: secret(vendor.secret),
    caFile: vendor.caFile === null ? null : at(vendor.caFile),
  }));
  return { ...snapshot, server, introspection, webhooks, vendors };
}
