import { beforeEach, describe, expect, test } from 'vitest';
import type { ConfigPlan, Revision } from '../../../src/contracts/api/configuration.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { type GuardedShop, startGuardedShop } from './guarded-shop.ts';

let shop: GuardedShop;

beforeEach(async () => {
  shop = await startGuardedShop();
});

const order = (key?: string) => shop.order(key);

async function recorded(calls: number): Promise<void> {
  await waitUntil(async () => {
    shop.plane.clock.set(Date.now());
    return (await shop.plane.call('GET', '/api/activity/events')).body.events.length >= calls;
  });
}

const plan = async (wish: { yaml: string } | { revision: number }) => {
  const { status, body } = await shop.plane.call('POST', '/api/config/plan', wish);
  return { status, plan: body as unknown as ConfigPlan, body };
};
const revisions = async () =>
  (await shop.plane.call('GET', '/api/config/revisions')).body.items as unknown as Revision[];

describe('what would change, and whom it would have turned away', () => {
  test('a key that is left out, a permission that is asked for: each with its caller, route and number of calls', async () => {
    for (let i = 0; i < 3; i++) expect(await order()).toBe(200);
    await recorded(3);
    const yaml = await shop.plane.exportYaml();
    const asking = yaml.replace('auth: required', 'auth: required\n        scopes: [stock]');
    expect(asking).not.toBe(yaml);
    const asked = await plan({ yaml: asking });
    expect(asked.status).toBe(200);
    expect(asked.plan).toMatchObject({ days: 7, calls: 3, estimated: 0, turnedAwayCalls: 3, more: 0 });
    expect(asked.plan.changes).toEqual(['ANY /*: now needs the permission stock']);
    expect(asked.plan.turnedAway).toMatchObject([
      { consumer: 'web', address: null, service: 'shop', route: 'ANY /*', code: 'scope-missing', calls: 3 },
    ]);
    expect(Date.now() - Date.parse(asked.plan.turnedAway[0]?.last ?? '')).toBeLessThan(60_000);

    const without = await plan({ yaml: yaml.slice(0, yaml.indexOf('consumers:')) });
    expect(without.plan.changes).toEqual(['Caller web: removed, with all that it shows']);
    expect(without.plan.turnedAway).toMatchObject([{ consumer: 'web', code: 'key-invalid', calls: 3 }]);
  });

  test('what is in force turns nobody away, and a plan changes nothing', async () => {
    expect(await order()).toBe(200);
    await recorded(1);
    const before = await revisions();
    const { plan: same } = await plan({ yaml: await shop.plane.exportYaml() });
    expect(same).toMatchObject({ changes: [], turnedAway: [], turnedAwayCalls: 0, unknown: [] });
    expect(await revisions()).toEqual(before);
    const bad = await plan({ yaml: 'version: 1\nservices: nothing\n' });
    expect(bad).toMatchObject({ status: 422, body: { code: 'config-invalid' } });
  });

  test('a file with a key that was taken back is said to bring it to life again', async () => {
    const yaml = await shop.plane.exportYaml();
    await shop.plane.call('DELETE', `/api/keys/${shop.keyId}`);
    const { plan: revived } = await plan({ yaml });
    expect(revived.changes).toEqual([`Key ${shop.keyId} of web: works again, although it was taken back`]);
  });
});

describe('history', () => {
  test('says who changed what in plain lines, and keeps the last 20', async () => {
    for (let i = 0; i < 22; i++) {
      await shop.plane.call('PATCH', '/api/settings', { blocklist: { deny: [`192.0.2.${i}`] } });
    }
    const kept = await revisions();
    expect(kept).toHaveLength(20);
    expect(kept[0]).toMatchObject({
      actor: 'command line',
      changes: ['Block list: 192.0.2.21 is now blocked', 'Block list: 192.0.2.20 is no longer blocked'],
      ...{ inForce: true, restorable: true },
    });
    expect(kept.filter((one) => one.inForce)).toHaveLength(1);
  });

  test('going back brings the rules back and leaves keys alone: a revoked one stays revoked, a new one stays good', async () => {
    const then = (await revisions())[0]?.revision ?? 0;
    const { body } = await shop.plane.call('GET', '/api/services');
    const id = String(body.items[0]?.id);
    await shop.plane.call('PATCH', '/api/settings', { blocklist: { deny: ['127.0.0.1'] } });
    const route = (await shop.plane.call('GET', `/api/services/${id}/routes`)).body.items[0];
    await shop.plane.call('DELETE', `/api/routes/${String(route?.id)}`);
    await shop.plane.call('DELETE', `/api/keys/${shop.keyId}`);
    const made = await shop.plane.call('POST', '/api/keys', { consumer: 'till', scopes: [], expiresAt: null });
    expect(await order(made.body.secret)).toBe(403);

    const foreseen = await plan({ revision: then });
    expect(foreseen.plan.changes).toEqual([
      expect.stringContaining('ANY /*: new, asks for a key'),
      'Block list: 127.0.0.1 is no longer blocked',
    ]);
    const back = await shop.plane.call('POST', `/api/config/revisions/${then}/restore`);
    expect(back.status).toBe(200);
    expect(back.body.change).toMatchObject({ live: true });
    expect(await order(made.body.secret)).toBe(200);
    expect(await order()).toBe(401);
    expect((await revisions())[0]).toMatchObject({ inForce: true, changes: foreseen.plan.changes });
    const log = await shop.plane.audit.list({ limit: 1 });
    expect(log.items[0]).toMatchObject({ action: 'config.rollback', detail: { revision: then } });
  });

  test('a revision that is not kept, and one of before rules were kept, say so', async () => {
    expect(await shop.plane.call('POST', '/api/config/revisions/9999/restore')).toMatchObject({
      status: 404,
      body: { code: 'revision-unknown' },
    });
    const db = shop.plane.database.tables<{ revisions: { revision: number; rules: string | null } }>();
    const { revision = 0 } = (await revisions()).at(-1) ?? {};
    await db.updateTable('revisions').set({ rules: null }).where('revision', '=', revision).execute();
    expect((await revisions()).at(-1)?.restorable).toBe(false);
    expect(await shop.plane.call('POST', `/api/config/revisions/${revision}/restore`)).toMatchObject({
      status: 409,
      body: { code: 'revision-bare' },
    });
  });
});
