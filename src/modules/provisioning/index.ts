import { provisioningTables } from './migrations/0030-provisioning.ts';
import { gatewayWide } from './migrations/0031-gateway-wide.ts';
import { revisionRules } from './migrations/0032-revision-rules.ts';
import { protectionModes } from './migrations/0033-protection-modes.ts';

export { type AttackExclusionsDeps, type CaseFolder, createAttackExclusions } from './attacks/exclusions.ts';
export { attackRoutes } from './attacks/routes.ts';
export { createConfiguration } from './configuration.ts';
export { configurationRoutes } from './configuration-routes.ts';
export { protectionsRoutes } from './protections/routes.ts';
export { provisioningRoutes } from './routes.ts';
export { createProvisioning, type Provisioning, type ProvisioningDeps } from './service.ts';
export { createGatewaySettings } from './settings.ts';
export { settingsRoutes } from './settings-routes.ts';
export type { ServerConfig } from './store.ts';
export const provisioningMigrations = [provisioningTables, gatewayWide, revisionRules, protectionModes];
