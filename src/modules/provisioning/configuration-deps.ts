import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import type { PlanDeps } from './plan.ts';
import type { Provisioning } from './service.ts';
import type { ServerConfig } from './store.ts';

export type ConfigurationDeps = PlanDeps & {
  database: Database;
  audit: Audit;
  clock: Clock;
  provisioning: Provisioning;
  fixed: ServerConfig;
  /** Inventory's: whether something answers there. */
  probe(upstream: string): Promise<{ reachable: boolean; code: string | null }>;
};
