import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeChanges } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { Actor } from '../../platform/actor.ts';
import { compileCurrent } from './compile.ts';
import type { Published } from './publisher.ts';
import { keepRevision, type ProvisioningDb, readLatest } from './store.ts';

/** Compiles what the database holds now and keeps it as the next revision, with what it changed in plain lines. */
export async function makeRevision(tx: ProvisioningDb, actor: Actor, now: number, atLeast = 1): Promise<Published> {
  const latest = await readLatest(tx);
  const revision = Math.max((latest?.revision ?? 0) + 1, atLeast);
  const { snapshot, config } = await compileCurrent(tx, revision, now);
  const text = JSON.stringify(snapshot);
  await nextTurn();
  const changes = latest === undefined ? [] : changesSince(latest.snapshot, snapshot);
  await keepRevision(tx, {
    ...{ revision, created_at: now, actor: actor.name, snapshot: text, rules: JSON.stringify(rulesOf(config)) },
    ...{ changes: JSON.stringify(changes.slice(0, KEPT_LINES)), change_count: changes.length },
  });
  return { revision, text };
}

/** A configuration without those who call: what going back to a revision brings back. */
export function rulesOf({ consumers: _consumers, ...rules }: GatewayConfig): GatewayConfig {
  return rules;
}

/** A snapshot of an older version may lack what newer ones hold; then there is nothing to compare. */
function changesSince(text: string, snapshot: GatewaySnapshot): string[] {
  const before = GatewaySnapshot.safeParse(JSON.parse(text));
  return before.success ? describeChanges(before.data, snapshot) : [];
}

const KEPT_LINES = 50;
