import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotConsumer, SnapshotKey } from '../../contracts/snapshot/snapshot-consumer.ts';
import { isSame, listDifference } from './is-same.ts';

/** What is different about callers and what they show. Keys are told apart by their hashes; a revoked one counts as gone. */
export function consumerChanges(before: GatewaySnapshot, after: GatewaySnapshot): string[] {
  const old = new Map(before.consumers.map((consumer) => [consumer.name, consumer]));
  const lines: string[] = [];
  for (const consumer of after.consumers) {
    const was = old.get(consumer.name);
    old.delete(consumer.name);
    if (was !== undefined) lines.push(...differences(was, consumer).map((what) => `Caller ${consumer.name}: ${what}`));
    else {
      lines.push(`Caller ${consumer.name}: new${holding(consumer.scopes)}`);
    }
  }
  for (const name of old.keys()) lines.push(`Caller ${name}: removed, with all that it shows`);
  const removed = new Set(old.keys());
  return [...lines, ...keyChanges(before.keys, after.keys, removed)];
}

function differences(was: SnapshotConsumer, is: SnapshotConsumer): string[] {
  const scopes = listDifference(was.scopes, is.scopes);
  const lines = [
    ...scopes.added.map((scope) => `now has the permission ${scope}`),
    ...scopes.removed.map((scope) => `no longer has the permission ${scope}`),
  ];
  if (!isSame(was.attributes, is.attributes)) lines.push('other attributes');
  if (!isSame(was.basic, is.basic)) lines.push('other user names or passwords');
  if (!isSame(was.certificates, is.certificates)) lines.push('other client certificates');
  return lines;
}

function keyChanges(
  before: readonly SnapshotKey[],
  after: readonly SnapshotKey[],
  gone: ReadonlySet<string>,
): string[] {
  const old = new Map(before.map((key) => [key.hash, key]));
  const lines: string[] = [];
  for (const key of after) {
    const was = old.get(key.hash);
    old.delete(key.hash);
    const name = `Key ${key.id} of ${key.consumer}`;
    if (was === undefined) {
      if (!key.revoked) lines.push(`${name}: new${key.scopes === null ? '' : holding(key.scopes)}`);
      continue;
    }
    if (was.revoked !== key.revoked) {
      lines.push(key.revoked ? `${name}: taken back` : `${name}: works again, although it was taken back`);
    }
    if (was.consumer !== key.consumer) lines.push(`${name}: before it was of ${was.consumer}`);
    if (was.expiresAt !== key.expiresAt) lines.push(`${name}: ${ending(key.expiresAt)}`);
    if (!isSame(was.scopes, key.scopes)) {
      lines.push(
        `${name}: ${key.scopes === null ? 'has all permissions of its caller' : `other permissions${holding(key.scopes)}`}`,
      );
    }
  }
  for (const key of old.values()) {
    if (!key.revoked && !gone.has(key.consumer)) lines.push(`Key ${key.id} of ${key.consumer}: removed`);
  }
  return lines;
}

const holding = (scopes: readonly string[]) => (scopes.length === 0 ? '' : `, with ${scopes.join(', ')}`);
const ending = (at: number | null) =>
  at === null ? 'no longer ends' : `ends on ${new Date(at).toISOString().slice(0, 10)}`;
