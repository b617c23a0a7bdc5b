import type { OperationShape } from '../../contracts/drafts/shape.ts';
import type { DraftsReport } from '../../contracts/protocol/gateway-protocol.ts';
import type { Clock } from '../../platform/clock.ts';
import { openapiOf } from '../../shapes/openapi-of.ts';
import { mergeLists } from '../../shapes/operation.ts';
import type { Database } from '../../storage/sql/database.ts';

type DraftRow = { gateway: string; service: string; route: string; method: string; shape: string; seen_until: number };
type DraftsTables = { drafts: DraftRow };

export type DraftsDeps = { database: Database; clock: Clock };

/** API descriptions drafted from what gateways have seen. */
export type Drafts = {
  reported(report: DraftsReport): Promise<void>;
  /** OpenAPI 3.1 of one service, by its name; without paths when nothing is learnt. */
  openapi(service: string): Promise<Record<string, unknown>>;
};

export function createDrafts({ database, clock }: DraftsDeps): Drafts {
  const db = database.tables<DraftsTables>();
  return {
    async reported({ gateway, operations }) {
      await db.transaction().execute(async (tx) => {
        for (const one of operations) {
          const { service, route, method } = one;
          const row = { shape: JSON.stringify(one), seen_until: one.until };
          await tx
            .insertInto('drafts')
            .values({ gateway, service, route, method, ...row })
            .onConflict((conflict) => conflict.columns(['gateway', 'service', 'route', 'method']).doUpdateSet(row))
            .execute();
        }
        // A gateway that is gone says nothing any more, and what it saw was long ago.
        await tx
          .deleteFrom('drafts')
          .where('seen_until', '<', clock.now() - KEPT_MS)
          .execute();
      });
    },

    async openapi(service) {
      const rows = await db
        .selectFrom('drafts')
        .select('shape')
        .where('service', '=', service)
        .orderBy('gateway')
        .execute();
      return openapiOf(service, mergeLists([rows.map(({ shape }) => JSON.parse(shape) as OperationShape)]));
    },
  };
}

const KEPT_MS = 60 * 86_400_000;
