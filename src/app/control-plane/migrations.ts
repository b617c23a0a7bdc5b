import { accountsMigrations } from '../../modules/accounts/index.ts';
import { activityMigrations } from '../../modules/activity/index.ts';
import { auditMigrations } from '../../modules/audit/index.ts';
import { draftsMigrations } from '../../modules/drafts/index.ts';
import { inventoryMigrations } from '../../modules/inventory/index.ts';
import { provisioningMigrations } from '../../modules/provisioning/index.ts';
import { vaultMigrations } from '../../modules/vault/index.ts';
import type { Migration } from '../../storage/sql/migrations/migrate.ts';

/** Every step of the schema, of all modules, in the one order in which they are applied. */
export const MIGRATIONS: readonly Migration[] = [
  ...auditMigrations,
  ...accountsMigrations,
  ...inventoryMigrations,
  ...vaultMigrations,
  ...provisioningMigrations,
  ...activityMigrations,
  ...draftsMigrations,
].sort((a, b) => (a.id < b.id ? -1 : 1));
