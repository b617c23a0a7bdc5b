import { vaultTables } from './migrations/0020-vault.ts';
import { keyReplacement } from './migrations/0021-key-replacement.ts';
import { vaultExtras } from './migrations/0022-vault-extras.ts';

export { takeDownConsumers } from './put-back.ts';
export { replaceConsumers } from './replace-consumers.ts';
export { vaultRoutes } from './routes.ts';
export { createVault, type VaultDeps } from './service.ts';
export { readConsumerConfigs, readRevokedKeys } from './store.ts';
export type { Vault } from './vault.ts';
export const vaultMigrations = [vaultTables, keyReplacement, vaultExtras];
