import { accountTables } from './migrations/0002-accounts.ts';

export { accountsRoutes } from './routes.ts';
export { type Accounts, createAccounts } from './service.ts';
export const accountsMigrations = [accountTables];
