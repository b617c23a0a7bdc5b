import { draftsTables } from './migrations/0050-drafts.ts';

export { draftsRoutes } from './routes.ts';
export { createDrafts, type Drafts, type DraftsDeps } from './service.ts';
export const draftsMigrations = [draftsTables];
