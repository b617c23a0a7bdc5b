import type { Mode } from '../../contracts/config/config-words.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Counters } from '../../storage/counters/counters.ts';
import type { PolicyFunction } from '../exchange.ts';
import type { OwnerMemory } from '../ownership/owner-memory.ts';
import type { SchemaCache } from '../validation/schema-cache.ts';
import type { ServiceLibrary } from '../validation/service-library.ts';

export type PolicyContext = {
  counters: Counters;
  schemas: SchemaCache;
  /** The schemas of a service's API description, by the service's name. Throws `SchemaInvalid`. */
  library(service: string): ServiceLibrary;
  owners: OwnerMemory;
};

/**
 * One stage of the gateway. `create` runs once per route when a snapshot is compiled: everything that can be worked out from
 * the configuration is worked out there. It returns null where the route does not need this policy.
 */
export type Policy = {
  readonly id: string;
  /** Refuses whatever the route's mode says. */
  readonly alwaysEnforced?: boolean;
  /** Stands in the record only when it has something to say. */
  readonly isQuiet?: boolean;
  /** The mode where it is not simply the route's. */
  modeOf?(route: SnapshotRoute): Mode;
  create(route: SnapshotRoute, context: PolicyContext): PolicyFunction | null;
};
