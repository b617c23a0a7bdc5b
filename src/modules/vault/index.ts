import { vaultTables } from './migrations/0020-vault.ts';
import { vaultExtras } from './migrations/0021-vault-extras.ts';

export { takeDownConsumers } from './put-back.ts';
export { replaceConsumers } from './replace-consumers.ts';
export { vaultRoutes } from './routes.ts';
export { createVault, type Vault, type VaultDeps } from './service.ts';
export { readConsumerConfigs, readRevokedKeys } from './store.ts';
export const vaultMigrations = [vaultTables, vaultExtras];
