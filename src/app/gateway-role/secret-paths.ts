import { resolve } from 'node:path';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';

/** Files of secrets are written as seen from the configuration file; the gateway does not know where that is. */
export function withSecretPaths(snapshot: GatewaySnapshot, folder: string): GatewaySnapshot {
  const webhooks = snapshot.webhooks.map((webhook) => ({
    ...webhook,
    secrets: webhook.secrets.map((secret) => ('file' in secret ? { file: resolve(folder, secret.file) } : secret)),
  }));
  return { ...snapshot, webhooks };
}
