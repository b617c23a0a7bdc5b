import { activityTables } from './migrations/0040-activity.ts';
import { activityDirection } from './migrations/0041-activity-direction.ts';
import { activityDecisions } from './migrations/0042-activity-decisions.ts';
import { personalData } from './migrations/0043-personal-data.ts';

export type { Decided } from './decisions.ts';
export type { DetailLookups } from './detail.ts';
export { activityRoutes } from './routes.ts';
export { type Activity, type ActivityDeps, createActivity } from './service.ts';
export const activityMigrations = [activityTables, activityDirection, activityDecisions, personalData];
