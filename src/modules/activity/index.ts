import { activityTables } from './migrations/0040-activity.ts';

export type { DetailLookups } from './detail.ts';
export { DEFAULT_RETENTION, type Retention } from './retention.ts';
export { startRetention } from './retention-job.ts';
export { activityRoutes } from './routes.ts';
export { type Activity, type ActivityDeps, createActivity } from './service.ts';
export const activityMigrations = [activityTables];
