import { z } from 'zod';
import { toYaml } from '../../configuration/index.ts';
import { Change, Key, KeyCreated, KeyLeaked, KeyReplaced, MOST_OVERLAP_HOURS } from '../../contracts/api/front-door.ts';
import { Name, Scope } from '../../contracts/config/config-words.ts';
import { Duration, durationToMs } from '../../contracts/units.ts';
import { createApiKey, hashApiKey } from '../../platform/api-key.ts';
import { AppError } from '../../platform/app-error.ts';
import type { DataPaths } from '../paths.ts';
import { withInstallation } from './installation.ts';

export type KeyWish = { consumer: string; scopes: readonly string[]; expires: string | undefined };

export function createKey(paths: DataPaths, wish: KeyWish): Promise<KeyCreated> {
  const body = {
    consumer: wish.consumer,
    scopes: wish.scopes,
    expiresAt: wish.expires === undefined ? null : endOfDay(wish.expires),
  };
  return withInstallation(paths, (installation) => installation.call('POST', '/api/keys', KeyCreated, body));
}

export function listKeys(paths: DataPaths): Promise<Key[]> {
  return withInstallation(paths, async (installation) => {
    const list = await installation.call('GET', '/api/keys', z.object({ items: z.array(Key) }));
    return list.items;
  });
}

export function revokeKey(paths: DataPaths, id: string): Promise<Change> {
  return withInstallation(paths, async (installation) => {
    const path = `/api/keys/${encodeURIComponent(id)}`;
    const answer = await installation.call('DELETE', path, z.object({ change: Change }));
    return answer.change;
  });
}

/** `overlap` is how long the old key goes on: `72h`, `30d`. Throws `AppError('overlap-invalid')`. */
export function replaceKey(paths: DataPaths, id: string, overlap: string): Promise<KeyReplaced> {
  const overlapHours = hoursOf(overlap);
  return withInstallation(paths, (installation) =>
    installation.call('POST', `/api/keys/${encodeURIComponent(id)}/replace`, KeyReplaced, { overlapHours }),
  );
}

export function endLeakedKey(paths: DataPaths, id: string, replace: boolean): Promise<KeyLeaked> {
  return withInstallation(paths, (installation) =>
    installation.call('POST', `/api/keys/${encodeURIComponent(id)}/leaked`, KeyLeaked, { replace }),
  );
}

function hoursOf(text: string): number {
  const hours = Duration.safeParse(text).success ? durationToMs(text) / 3_600_000 : Number.NaN;
  if (Number.isInteger(hours) && hours >= 0 && hours <= MOST_OVERLAP_HOURS) return hours;
  throw new AppError('overlap-invalid', `"${text}" is not a number of hours or days up to 30d.`, {
    next: 'Write a length of time such as 0h, 72h or 30d.',
  });
}

export type OfflineKey = { secret: string; yaml: string };

/** A new key and what stands for it in a configuration file; nothing is stored or sent. */
export function createOfflineKey(wish: KeyWish & { id: string }): OfflineKey {
  for (const [what, schema, values] of [
    ['consumer', Name, [wish.consumer]],
    ['--id', Name, [wish.id]],
    ['--scope', Scope, wish.scopes],
  ] as const) {
    for (const value of values) {
      const result = schema.safeParse(value);
      if (!result.success) {
        throw new AppError('input-invalid', `"${value}" does not fit ${what}: ${result.error.issues[0]?.message}.`);
      }
    }
  }
  if (wish.expires !== undefined) endOfDay(wish.expires);
  const secret = createApiKey();
  const consumer = {
    name: wish.consumer,
    ...(wish.scopes.length === 0 ? {} : { scopes: [...wish.scopes] }),
    keys: [
      {
        id: wish.id,
        hash: `sha256:${hashApiKey(secret)}`,
        ...(wish.expires === undefined ? {} : { expires: wish.expires }),
      },
    ],
  };
  const whole = toYaml({ version: 1, services: [], consumers: [consumer] });
  return { secret, yaml: whole.slice(whole.indexOf('consumers:')).trimEnd() };
}

/** The last millisecond of a day, UTC. Throws `AppError('date-invalid')`. */
function endOfDay(day: string): string {
  if (z.iso.date().safeParse(day).success) return `${day}T23:59:59.999Z`;
  throw new AppError('date-invalid', `"${day}" is no date.`, { next: 'Write a day such as 2027-01-31.' });
}

/** A table for people. */
export function keyLines(keys: readonly Key[]): string[] {
  if (keys.length === 0) return ['There are no keys yet. Make one with "nightlatch keys create CONSUMER".'];
  const rows = [
    ['ID', 'CONSUMER', 'KEY', 'STATE', 'LAST USED', 'SCOPES'],
    ...keys.map((key) => [
      key.id,
      key.consumer,
      key.hint,
      stateOf(key),
      key.lastUsedAt ?? 'never',
      key.scopes.join(' '),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function stateOf(key: Key): string {
  if (key.revokedAt !== null) return `${key.leaked ? 'leaked, ' : ''}revoked ${key.revokedAt}`;
  if (key.replacedBy !== null) return `replaced by ${key.replacedBy}, until ${key.expiresAt ?? 'revoked'}`;
  if (key.expiresAt !== null) return `until ${key.expiresAt}`;
  return 'in use';
}
