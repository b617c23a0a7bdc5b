import { provisioningTables } from './migrations/0030-provisioning.ts';
import { gatewayWide } from './migrations/0031-gateway-wide.ts';
import { protectionModes } from './migrations/0032-protection-modes.ts';

export { protectionsRoutes } from './protections/routes.ts';
export { provisioningRoutes } from './routes.ts';
export { createProvisioning, type Provisioning, type ProvisioningDeps } from './service.ts';
export { createGatewaySettings } from './settings.ts';
export { settingsRoutes } from './settings-routes.ts';
export type { ServerConfig } from './store.ts';
export const provisioningMigrations = [provisioningTables, gatewayWide, protectionModes];
