import { auditTable } from './migrations/0001-audit.ts';

export { auditRoutes } from './routes.ts';
export { type Audit, createAudit } from './service.ts';
export const auditMigrations = [auditTable];
