import type { PasswordMade, PasswordRequest, Settings, SettingsSaved } from '../../contracts/api/settings.ts';
import type { BasicConfig, ConsumerConfig } from '../../contracts/config/consumer-config.ts';
import type { Actor } from '../../platform/actor.ts';
import { randomBase62 } from '../../platform/api-key.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ApplyChange } from '../../platform/apply-change.ts';
import { hashPassphrase } from '../../platform/crypto/passphrase-hash.ts';
import { patchMembers } from '../../platform/patch-members.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import { knownConsumer } from './rows.ts';
import { type ConsumerRow, type VaultDb, type VaultTables, vaultTablesOf } from './store.ts';

type Deps = { database: Database; audit: Audit; applyChange: ApplyChange };

/** What is known of a caller beside its keys: attributes, user names with passwords, client certificates. */
export type ConsumerSettings = {
  /** Hashes of passwords are left out. Throws `consumer-unknown`. */
  read(name: string): Promise<Settings>;
  /** Throws `consumer-unknown`, `setting-unknown`, `change-refused`. */
  change(actor: Actor, name: string, patch: Settings): Promise<SettingsSaved>;
  /** A new password for a user name; one that is there gets it in the place of the old. The password is in the answer and nowhere else. */
  makePassword(actor: Actor, name: string, request: PasswordRequest): Promise<PasswordMade>;
  /** Throws `user-unknown`. */
  removePassword(actor: Actor, name: string, username: string): Promise<SettingsSaved>;
};

const CHANGEABLE = new Set(['attributes', 'certificates']);
const PASSWORD_LENGTH = 24;

export function createConsumerSettings({ database, audit, applyChange }: Deps): ConsumerSettings {
  const db = database.tables<VaultTables>();

  const rewrite = async (
    actor: Actor,
    name: string,
    written: { action: string; detail: Record<string, unknown> },
    next: (before: Partial<ConsumerConfig>) => Record<string, unknown>,
  ): Promise<SettingsSaved> => {
    const { result, change } = await applyChange(actor, async (tx) => {
      const tables = vaultTablesOf(tx);
      const settings = next(settingsOf(await knownConsumer(tables, name)));
      await write(tables, name, settings);
      await audit.record(tx, { actor, ...written, subject: name });
      return settings;
    });
    return { settings: withoutHashes(result), change };
  };

  return {
    read: async (name) => withoutHashes(settingsOf(await knownConsumer(db, name))),

    async change(actor, name, patch) {
      for (const member of Object.keys(patch)) if (!CHANGEABLE.has(member)) throw settingUnknown(member);
      return await rewrite(actor, name, { action: 'consumer.settings', detail: patch }, (before) =>
        patchMembers(before, patch),
      );
    },

    async makePassword(actor, name, { username }) {
      const password = randomBase62(PASSWORD_LENGTH);
      const passwordHash = await hashPassphrase(password);
      const saved = await rewrite(actor, name, { action: 'consumer.password', detail: { username } }, (before) => ({
        ...before,
        basic: [...(before.basic ?? []).filter((one) => one.username !== username), { username, passwordHash }],
      }));
      return { ...saved, username, password };
    },

    removePassword: (actor, name, username) =>
      rewrite(actor, name, { action: 'consumer.password-end', detail: { username } }, ({ basic = [], ...before }) => {
        const others = basic.filter((one) => one.username !== username);
        if (others.length === basic.length) throw userUnknown(username);
        return others.length === 0 ? before : { ...before, basic: others };
      }),
  };
}

function settingsOf(row: ConsumerRow): Partial<ConsumerConfig> {
  const attributes = JSON.parse(row.attributes) as Record<string, string>;
  return { ...(JSON.parse(row.extras) as Partial<ConsumerConfig>), attributes };
}

async function write(db: VaultDb, name: string, settings: Record<string, unknown>): Promise<void> {
  const { attributes = {}, ...extras } = settings;
  await db
    .updateTable('consumers')
    .set({ attributes: JSON.stringify(attributes), extras: JSON.stringify(extras) })
    .where('name', '=', name)
    .execute();
}

/** Hashes leave the control plane with the snapshot and the export alone. */
function withoutHashes(settings: { basic?: BasicConfig[] | undefined } & Record<string, unknown>): Settings {
  const { basic, ...others } = settings;
  if (basic === undefined) return others;
  return { ...others, basic: basic.map(({ passwordHash: _, ...one }) => one) };
}

const settingUnknown = (name: string) =>
  new AppError('setting-unknown', `There is no such setting as "${name}" here.`, {
    status: 422,
    next: 'Name it as the configuration file does, such as "attributes"; passwords are made under "passwords".',
  });

const userUnknown = (username: string) =>
  new AppError('user-unknown', `There is no user name "${username}" here.`, {
    status: 404,
    next: 'Look at the list again.',
  });
