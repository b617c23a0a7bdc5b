import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createApiKey, hashApiKey } from '../../src/platform/api-key.ts';
import { type Installed, installation, startBoth } from '../fixtures/installation.ts';
import { nightlatch } from '../fixtures/nightlatch.ts';
import { startUpstream } from '../fixtures/upstream.ts';
import { waitUntil } from '../fixtures/wait-until.ts';
import { browserPage } from './browser.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SQL = "' union select password from users--";

const cliToken = (at: Installed) => readFileSync(join(at.data, 'cli.token'), 'utf8').trim();

/** A shop that has never heard of the attack filter. */
async function bringIn(at: Installed, upstream: string): Promise<string> {
  const key = createApiKey();
  const yaml = `
version: 1
services:
  - name: shop
    upstream: ${upstream}
    routes:
      - match: { path: /orders, methods: [POST] }
consumers:
  - name: web-shop
    keys: [{ id: k_web, hash: "sha256:${hashApiKey(key)}" }]
`;
  const answer = await fetch(`http://127.0.0.1:${at.consolePort}/api/config`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${cliToken(at)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ yaml }),
  });
  expect(answer.status, await answer.text()).toBe(200);
  return key;
}

/** Waits until the call with this reference is in the record. */
async function recorded(at: Installed, reference: string): Promise<void> {
  const headers = { authorization: `Bearer ${cliToken(at)}` };
  const url = `http://127.0.0.1:${at.consolePort}/api/activity/events/${reference}`;
  await waitUntil(async () => (await fetch(url, { headers })).ok, 10_000);
}

async function examine(page: Page): Promise<void> {
  const width = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  expect(width).toBeLessThanOrEqual(0);
  await page.evaluate('Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.failureSummary).join()}`)).toEqual([]);
}

test.each([
  [1280, 'light'],
  [390, 'dark'],
] as const)(
  'an attack is watched, stopped, said to be honest in one field, and looked at again, at %i px',
  async (width, colorScheme) => {
    const upstream = await startUpstream((_request, response) => response.end('{}'));
    const at = await installation();
    const started = await startBoth(at);
    const { page, complaints } = await browserPage({ viewport: { width, height: 844 }, colorScheme });
    const console = `http://127.0.0.1:${at.consolePort}`;
    await setUpAndGoIn(page, console, setupCode(started.output().stdout));
    const key = await bringIn(at, upstream.url);
    const order = async (body: object) =>
      await fetch(`http://127.0.0.1:${at.gatewayPort}/orders`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const watched = await order({ note: SQL });
    expect(watched.status).toBe(200);
    await recorded(at, watched.headers.get('x-request-id') ?? '');

    await page.goto(`${console}/front-door/protection`);
    const part = page.getByRole('region', { name: 'Attacks in what is sent, Everywhere' });
    await part.getByText('Questions to your database', { exact: true }).waitFor();
    await part.getByText('in “note” of POST /orders (shop).').waitFor();
    await part.getByText('1 call. 1 of them came with a good key.').waitFor();
    await examine(page);
    await part.getByRole('button', { name: 'Protect now' }).click();
    await page.getByRole('button', { name: 'Protect all the same' }).click();
    await page.getByText('Attacks in what is sent: protecting. Live now.').waitFor();
    const refused = await order({ note: SQL });
    expect(refused.status).toBe(403);

    await part.getByRole('button', { name: /^This is honest here: Questions to your database in “note”/ }).click();
    await page.getByText('It counts as honest there for 30 days. Live now.').waitFor();
    expect((await order({ note: SQL })).status).toBe(200);
    expect((await order({ other: SQL })).status).toBe(403);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('It is looked at again. Live now.').waitFor();
    expect((await order({ note: SQL })).status).toBe(403);

    const { reference } = (await refused.json()) as { reference: string };
    await recorded(at, reference);
    await page.goto(`${console}/activity/calls/${reference}`);
    const tried = page.getByRole('region', { name: 'What it tried' });
    await tried.getByText('Somebody wrote a database command into a field').waitFor();
    await tried.locator('code', { hasText: 'union select' }).waitFor();
    await examine(page);
    await tried.getByRole('button', { name: 'This was honest' }).click();
    await page.getByText('the call is kept to be looked at again after an update. Live now.').waitFor();
    expect((await order({ note: SQL })).status).toBe(200);
    expect(readdirSync(join(at.data, 'test-cases'))).toEqual([`${reference}.json`]);
    const judged = await nightlatch(['inspect', '--cases', '--data', at.data]);
    expect(judged).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('still taken for an attack (body.note: sqli'),
    });

    await page.goto(`${console}/front-door/protection/exceptions`);
    await page.getByRole('heading', { name: 'Honest calls that are kept' }).waitFor();
    await examine(page);
    await page.getByRole('button', { name: /^Keep no longer: / }).click();
    await page.getByRole('button', { name: /^End now: Questions to your database/ }).click();
    await page.getByText('It is looked at again. Live now.').waitFor();
    expect((await order({ note: SQL })).status).toBe(403);
    await waitUntil(
      async () => (await page.getByRole('heading', { name: 'Honest calls that are kept' }).count()) === 0,
    );
    expect(readdirSync(join(at.data, 'test-cases'))).toEqual([]);
    expect(complaints).toEqual([]);
    await started.end();
  },
);
