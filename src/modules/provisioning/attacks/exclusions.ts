import type { ActivityDetail } from '../../../contracts/api/activity.ts';
import type {
  Exclusion,
  ExclusionRequest,
  ExclusionSaved,
  HonestCall,
  HonestCallRequest,
  HonestCallSaved,
} from '../../../contracts/api/attacks.ts';
import type { Change } from '../../../contracts/api/front-door.ts';
import { excludableField } from '../../../contracts/detection/places.ts';
import type { TestCase } from '../../../contracts/detection/test-case.ts';
import type { AttackEvidence } from '../../../contracts/events/gateway-event.ts';
import type { Actor } from '../../../platform/actor.ts';
import { AppError } from '../../../platform/app-error.ts';
import type { ApplyChange } from '../../../platform/apply-change.ts';
import type { Clock } from '../../../platform/clock.ts';
import { newId } from '../../../platform/crypto/token.ts';
import type { Database } from '../../../storage/sql/database.ts';
import type { Audit } from '../../audit/index.ts';
import { type ProvisioningTables, provisioningTablesOf, readFrontDoor, writeGatewayWide } from '../store.ts';
import { caseOfCall } from './case-of-call.ts';

/** Where honest calls are kept: files beside the database. */
export type CaseFolder = {
  keep(one: TestCase): void;
  list(): TestCase[];
  /** False when there is none of this reference. */
  remove(reference: string): boolean;
};

export type AttackExclusionsDeps = {
  database: Database;
  audit: Audit;
  clock: Clock;
  applyChange: ApplyChange;
  /** Activity's. Throws `AppError('call-unknown')`. */
  findCall(reference: string): Promise<ActivityDetail>;
  cases: CaseFolder;
};

/** What the attack filter took for an attack and was none. */
export type AttackExclusions = {
  /** Those of the whole configuration that have not ended. */
  list(): Promise<Exclusion[]>;
  /** Throws `AppError('change-refused')`. */
  add(actor: Actor, request: ExclusionRequest): Promise<ExclusionSaved>;
  /** Throws `AppError('exclusion-unknown')`. */
  remove(actor: Actor, id: string): Promise<Change>;
  /** Throws `call-unknown`, `nothing-to-exclude`, `change-refused`. */
  addHonest(actor: Actor, request: HonestCallRequest): Promise<HonestCallSaved>;
  listHonest(): HonestCall[];
  /** Throws `AppError('case-unknown')`. */
  removeHonest(actor: Actor, reference: string): Promise<void>;
};

const DAY_MS = 86_400_000;

export function createAttackExclusions(deps: AttackExclusionsDeps): AttackExclusions {
  const { database, audit, clock, applyChange, cases } = deps;
  const db = database.tables<ProvisioningTables>();

  const save = async (actor: Actor, requests: readonly ExclusionRequest[]) => {
    const made = requests.map(({ days, ...request }): Exclusion => {
      return { ...request, id: newId('ax'), expires: new Date(clock.now() + days * DAY_MS).toISOString() };
    });
    const { change } = await applyChange(actor, async (tx) => {
      const tables = provisioningTablesOf(tx);
      const { gatewayWide } = await readFrontDoor(tables);
      const filter = gatewayWide.attackFilter ?? {};
      // What has ended is cleared away with the next one.
      const exclusions = [...current(filter.exclusions, clock.now()), ...made];
      await writeGatewayWide(tables, { ...gatewayWide, attackFilter: { ...filter, exclusions } });
      for (const one of made) {
        const subject = `${one.detector} ${one.field} ${one.route}`;
        await audit.record(tx, { actor, action: 'attack-exclusion.create', subject, detail: { ...one } });
      }
    });
    return { made, change };
  };

  return {
    list: async () => current((await readFrontDoor(db)).gatewayWide.attackFilter?.exclusions, clock.now()),

    async add(actor, request) {
      const { made, change } = await save(actor, [request]);
      return { exclusion: made[0] as Exclusion, change };
    },

    async remove(actor, id) {
      const { change } = await applyChange(actor, async (tx) => {
        const tables = provisioningTablesOf(tx);
        const { gatewayWide } = await readFrontDoor(tables);
        const all = numbered(gatewayWide.attackFilter?.exclusions);
        const exclusions = all.filter((one) => one.id !== id);
        if (exclusions.length === all.length)
          throw unknown('exclusion-unknown', 'This exclusion is not there any more.');
        await writeGatewayWide(tables, { ...gatewayWide, attackFilter: { ...gatewayWide.attackFilter, exclusions } });
        await audit.record(tx, { actor, action: 'attack-exclusion.delete', subject: id });
      });
      return change;
    },

    async addHonest(actor, { reference, ...rest }) {
      const call = await deps.findCall(reference);
      const charges = chargesOf(call);
      const { service, route } = call;
      if (service === null || route === null || charges.length === 0) {
        throw new AppError('nothing-to-exclude', 'Nothing was held against this call by the attack filter.', {
          status: 422,
          next: 'Look at the call again.',
        });
      }
      const pairs = new Map(charges.map((charge) => [`${charge.kind} ${charge.place}`, charge]));
      const { made, change } = await save(
        actor,
        [...pairs.values()].map(({ kind, place }) => ({
          ...rest,
          detector: kind,
          service,
          route,
          field: excludableField(place),
        })),
      );
      const kept = caseOfCall(call, charges, clock.now());
      if (kept !== null) cases.keep(kept);
      return { exclusions: made, kept: kept !== null, change };
    },

    listHonest: () =>
      cases
        .list()
        .map(({ reference, kept, service, route, charges }) => ({ reference, kept, service, route, charges })),

    async removeHonest(actor, reference) {
      if (!cases.remove(reference)) throw unknown('case-unknown', 'This call is not kept any more.');
      await db.transaction().execute(async (tx) => {
        await audit.record(tx, { actor, action: 'honest-call.delete', subject: reference });
      });
    },
  };
}

type Written = NonNullable<
  NonNullable<Awaited<ReturnType<typeof readFrontDoor>>['gatewayWide']['attackFilter']>['exclusions']
>;

/** Those that stand in a file have no id of their own. */
function numbered(exclusions: Written | undefined): Exclusion[] {
  return (exclusions ?? []).map((one, index) => ({ ...one, id: one.id ?? `file-${index + 1}` }));
}

function current(exclusions: Written | undefined, now: number): Exclusion[] {
  return numbered(exclusions).filter(({ expires }) => {
    // A date holds until its last moment.
    return Date.parse(expires) + (expires.includes('T') ? 0 : DAY_MS - 1) > now;
  });
}

function chargesOf(call: ActivityDetail): AttackEvidence['charges'] {
  return call.decisions.flatMap(({ policy, attack }) => (policy === 'attack-filter' ? (attack?.charges ?? []) : []));
}

function unknown(code: string, message: string): AppError {
  return new AppError(code, message, { status: 404, next: 'Look at the list again.' });
}
