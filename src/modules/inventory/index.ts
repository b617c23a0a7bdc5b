import { inventoryTables } from './migrations/0010-inventory.ts';
import { inventoryExtras } from './migrations/0011-inventory-extras.ts';

export { moreSettingsRoutes } from './more-routes.ts';
export { createMoreSettings } from './more-settings.ts';
export { probeUpstream } from './probe.ts';
export { takeDownServices } from './put-back.ts';
export { replaceServices } from './replace-services.ts';
export { inventoryRoutes } from './routes.ts';
export { createInventory, type Inventory, type InventoryDeps } from './service.ts';
export { readServiceConfigs } from './store.ts';
export const inventoryMigrations = [inventoryTables, inventoryExtras];
