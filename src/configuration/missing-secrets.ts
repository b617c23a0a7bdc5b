import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SecretSource } from '../contracts/config/secret-source.ts';
import type { Finding } from './config-fault.ts';

/** Whether there is a secret at a place; never what it is. */
export type HasSecret = (source: SecretSource) => boolean;

/** Secrets that a configuration names and that are not there where it is checked. The gateway refuses it then as well. */
export function findMissingSecrets({ outbound = [] }: GatewayConfig, hasSecret: HasSecret): Finding[] {
  return outbound.flatMap(({ name, secret }, index) => {
    if (hasSecret(secret)) return [];
    const isEnv = 'env' in secret;
    const place = isEnv ? `the environment variable ${secret.env}` : `the file ${secret.file}`;
    const message = `The key of the vendor "${name}" is missing: ${place} is empty or not there.`;
    const hint = isEnv ? 'Set it for the gateway.' : 'Put the key there, readable by the gateway.';
    return [{ path: ['outbound', index, 'secret'], code: 'secret-missing', message, hint }];
  });
}
