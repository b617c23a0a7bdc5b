import type { Transaction } from 'kysely';
import type { Key } from '../../contracts/api/front-door.ts';
import type { Announcements } from '../../contracts/events/announcements.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ApplyChange } from '../../platform/apply-change.ts';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/event-bus.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import { issueKey } from './issue-key.ts';
import { LastUse } from './last-use.ts';
import { presentConsumer, presentKey } from './present.ts';
import { endLeakedKey, replaceKey } from './replace-key.ts';
import { consumerOf, insertConsumer, knownConsumer, knownKey } from './rows.ts';
import {
  type ConsumerRow,
  type KeyRow,
  readConsumers,
  readKeys,
  type VaultDb,
  type VaultTables,
  vaultTablesOf,
} from './store.ts';
import type { Vault } from './vault.ts';

export type VaultDeps = {
  database: Database;
  audit: Audit;
  clock: Clock;
  logger: Logger;
  bus: EventBus<Announcements>;
  /** Provisioning's: every change is compiled before it is stored. */
  applyChange: ApplyChange;
};

export function createVault(deps: VaultDeps): Vault {
  const db = deps.database.tables<VaultTables>();
  const lastUse = new LastUse(db, deps.bus, deps.logger);
  const change = async <T>(actor: Actor, mutate: (tx: VaultDb, whole: Transaction<unknown>) => Promise<T>) =>
    await deps.applyChange(actor, (whole) => mutate(vaultTablesOf(whole), whole));
  const showKey = (row: KeyRow, consumer: ConsumerRow | undefined): Key =>
    presentKey(row, consumer, lastUse.of(row.id, row.last_used_at));

  return {
    consumers: async () => {
      const counts = Map.groupBy(await readKeys(db), (key) => key.consumer);
      return (await readConsumers(db)).map((row) => presentConsumer(row, counts.get(row.name) ?? []));
    },

    addConsumer: async (actor, input) => {
      const done = await change(actor, async (tx, whole) => {
        if ((await consumerOf(tx, input.name)) !== undefined) throw nameTaken(input.name);
        const row = await insertConsumer(tx, input, deps.clock.now());
        const { name, ...detail } = input;
        await deps.audit.record(whole, { actor, action: 'consumer.create', subject: name, detail });
        return presentConsumer(row, []);
      });
      return { consumer: done.result, change: done.change };
    },

    changeConsumer: async (actor, name, patch) => {
      const done = await change(actor, async (tx, whole) => {
        const row = await knownConsumer(tx, name);
        const next = {
          ...row,
          scopes: patch.scopes === undefined ? row.scopes : JSON.stringify(patch.scopes),
          attributes: patch.attributes === undefined ? row.attributes : JSON.stringify(patch.attributes),
        };
        await tx.updateTable('consumers').set(next).where('name', '=', name).execute();
        await deps.audit.record(whole, { actor, action: 'consumer.update', subject: name, detail: { ...patch } });
        const keys = await tx.selectFrom('api_keys').selectAll().where('consumer', '=', name).execute();
        return presentConsumer(next, keys);
      });
      return { consumer: done.result, change: done.change };
    },

    removeConsumer: async (actor, name) => {
      const done = await change(actor, async (tx, whole) => {
        await knownConsumer(tx, name);
        const keys = await tx.selectFrom('api_keys').select('id').where('consumer', '=', name).execute();
        await tx.deleteFrom('consumers').where('name', '=', name).execute();
        const detail = { keys: keys.map((key) => key.id) };
        await deps.audit.record(whole, { actor, action: 'consumer.delete', subject: name, detail });
      });
      return done.change;
    },

    keys: async () => {
      const consumers = new Map((await readConsumers(db)).map((consumer) => [consumer.name, consumer]));
      const keys = (await readKeys(db)).toSorted((a, b) => b.created_at - a.created_at || b.position - a.position);
      return keys.map((key) => showKey(key, consumers.get(key.consumer)));
    },

    createKey: async (actor, request) => {
      const expiresAt = request.expiresAt === null ? null : Date.parse(request.expiresAt);
      const now = deps.clock.now();
      if (expiresAt !== null && expiresAt <= now) {
        throw new AppError('expiry-past', 'A key cannot expire before it is made.', {
          status: 400,
          next: 'Choose a later day.',
        });
      }
      const done = await change(actor, async (tx, whole) => {
        const known = await consumerOf(tx, request.consumer);
        const { attributes } = request;
        const consumer =
          known ??
          (await insertConsumer(tx, { name: request.consumer, scopes: [], attributes: attributes ?? {} }, now));
        if (known !== undefined && attributes !== undefined) {
          const set = { attributes: JSON.stringify(attributes) };
          await tx.updateTable('consumers').set(set).where('name', '=', known.name).execute();
        }
        const scopes = JSON.stringify([...new Set(request.scopes)]);
        const wanted = { consumer: consumer.name, scopes, expires_at: expiresAt };
        const { row, secret } = await issueKey(tx, wanted, now);
        const detail = {
          ...{
            consumer: row.consumer,
            scopes: request.scopes,
            expiresAt: request.expiresAt,
            newConsumer: known === undefined,
          },
          ...(attributes === undefined ? {} : { attributes }),
        };
        await deps.audit.record(whole, { actor, action: 'key.create', subject: row.id, detail });
        return { key: showKey(row, consumer), secret };
      });
      return { ...done.result, change: done.change };
    },

    revokeKey: async (actor, id) => {
      const done = await change(actor, async (tx, whole) => {
        const row = await knownKey(tx, id);
        const next = { ...row, revoked_at: row.revoked_at ?? deps.clock.now() };
        if (row.revoked_at === null) {
          await tx.updateTable('api_keys').set(next).where('id', '=', id).execute();
          const detail = { consumer: row.consumer };
          await deps.audit.record(whole, { actor, action: 'key.revoke', subject: id, detail });
        }
        return showKey(next, await consumerOf(tx, row.consumer));
      });
      return { key: done.result, change: done.change };
    },

    replaceKey: async (actor, id, overlapHours) => {
      const done = await change(actor, async (tx, whole) => {
        const { old, made, secret } = await replaceKey(tx, await knownKey(tx, id), overlapHours, deps.clock.now());
        const detail = { consumer: old.consumer, newKey: made.id, overlapHours };
        await deps.audit.record(whole, { actor, action: 'key.replace', subject: id, detail });
        const consumer = await consumerOf(tx, old.consumer);
        return { key: showKey(made, consumer), secret, old: showKey(old, consumer) };
      });
      return { ...done.result, change: done.change };
    },

    endLeakedKey: async (actor, id, replace) => {
      const done = await change(actor, async (tx, whole) => {
        const { old, made, secret } = await endLeakedKey(tx, await knownKey(tx, id), replace, deps.clock.now());
        const detail = { consumer: old.consumer, newKey: made?.id ?? null };
        await deps.audit.record(whole, { actor, action: 'key.leak', subject: id, detail });
        const consumer = await consumerOf(tx, old.consumer);
        const key = made === undefined ? null : showKey(made, consumer);
        return { old: showKey(old, consumer), key, secret: secret ?? null };
      });
      return { ...done.result, change: done.change };
    },

    keyScopes: async (id) => {
      const key = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
      return key === undefined ? [] : showKey(key, await consumerOf(db, key.consumer)).scopes;
    },

    close: () => lastUse.close(),
  };
}

const nameTaken = (name: string) =>
  new AppError('name-taken', `There is already somebody called "${name}".`, {
    status: 409,
    next: 'Choose another name.',
  });
