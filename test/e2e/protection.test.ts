import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createApiKey, hashApiKey } from '../../src/platform/api-key.ts';
import { type Installed, installation, startBoth } from '../fixtures/installation.ts';
import { startUpstream } from '../fixtures/upstream.ts';
import { waitUntil } from '../fixtures/wait-until.ts';
import { browserPage } from './browser.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const cliToken = (at: Installed) => readFileSync(join(at.data, 'cli.token'), 'utf8').trim();

/** A shop whose rule for new orders only watches what they look like, and that has never heard of bans. */
async function bringIn(at: Installed, upstream: string): Promise<string> {
  const key = createApiKey();
  const yaml = `
version: 1
services:
  - name: shop
    upstream: ${upstream}
    routes:
      - match: { path: /orders, methods: [POST] }
        auth: required
        validate:
          mode: monitor
          form: { fields: { note: { type: text, maxLength: 10 } } }
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
  'watched, seen, protected; let through from the call, and no longer, at %i px',
  async (width, colorScheme) => {
    const upstream = await startUpstream((_request, response) => response.end('{}'));
    const at = await installation();
    const started = await startBoth(at);
    const { page, complaints } = await browserPage({ viewport: { width, height: 844 }, colorScheme });
    const console = `http://127.0.0.1:${at.consolePort}`;
    await setUpAndGoIn(page, console, setupCode(started.output().stdout));
    const key = await bringIn(at, upstream.url);
    const order = async (note: string) =>
      await fetch(`http://127.0.0.1:${at.gatewayPort}/orders`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ note }),
      });

    for (let call = 0; call < 3; call++) expect((await order('far too long for this shop')).status).toBe(200);
    expect((await order('short')).status).toBe(200);

    await page.goto(`${console}/front-door`);
    await page.getByText('3 calls would have been stopped, but are only watched.').waitFor();
    await page.getByRole('link', { name: 'See what is protected' }).click();
    const part = page.getByRole('region', { name: 'Calls that look wrong, POST /orders of shop' });
    await part.getByText('In the last 7 days 3 calls would have been stopped.').waitFor();
    await part.getByText('3 by web-shop on POST /orders (“note” is too long).').waitFor();
    await part.getByText('It has watched for only').waitFor();
    expect(await part.getByRole('radio', { name: 'Watching' }).isChecked()).toBe(true);
    await examine(page);

    await part.getByRole('link', { name: 'See these calls' }).click();
    const calls = page.getByRole('region', { name: 'Calls' });
    await expect
      .poll(() => calls.getByRole('link', { name: /POST \/orders.*Would have been stopped/ }).count())
      .toBe(3);
    await page.goBack();

    await part.getByRole('button', { name: 'Protect now' }).click();
    await page.getByText('3 calls of web-shop, with good keys, would have been stopped.').waitFor();
    await page.getByRole('button', { name: 'Protect all the same' }).click();
    await page.getByText('Calls that look wrong: protecting. Live now.').waitFor();
    expect(await part.getByRole('radio', { name: 'Protecting' }).isChecked()).toBe(true);
    const refused = await order('far too long for this shop');
    expect(refused.status).toBe(422);
    expect((await order('short')).status).toBe(200);

    const { reference } = (await refused.json()) as { reference: string };
    await recorded(at, reference);
    await page.goto(`${console}/activity/calls/${reference}`);
    await page.getByRole('heading', { level: 1, name: 'A call was turned away' }).waitFor();
    await page.getByRole('button', { name: 'Let this through' }).click();
    await page
      .getByText('Calls by web-shop on POST /orders of shop are let through even if “note” does not fit.')
      .waitFor();
    await examine(page);
    await page.getByRole('radio', { name: '1 day' }).check();
    await page.getByLabel('Why? (if you like)').fill('Our till writes long notes');
    await page.getByRole('button', { name: 'Let it through for 1 day' }).click();
    await page.getByText('Calls like this are let through for 1 day. Live now.').waitFor();
    const passed = await order('far too long for this shop');
    expect(passed.status).toBe(200);

    const id = passed.headers.get('x-request-id') ?? '';
    await recorded(at, id);
    await page.goto(`${console}/activity/calls/${id}`);
    await page.getByText('An exception of yours let this call through').waitFor();
    await page.getByRole('link', { name: 'See your exceptions' }).click();
    await page.getByText('Our till writes long notes').waitFor();
    await page.getByText('Ends in 24 hours').waitFor();
    await examine(page);
    await page.getByRole('button', { name: /^End now: Calls by web-shop/ }).click();
    await page.getByText('The exception is ended. Live now.').waitFor();
    await page.getByText('There are no exceptions.').waitFor();
    expect((await order('far too long for this shop')).status).toBe(422);

    await page.goto(`${console}/front-door/protection`);
    await part.getByText(/In the last 7 days it stopped [12] calls?\./).waitFor();
    await part.getByText('1 call passed by your exceptions').waitFor();
    // With the keyboard alone, and back again.
    await part.getByRole('radio', { name: 'Protecting' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('Calls that look wrong: watching. Live now.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Calls that look wrong: protecting. Live now.').waitFor();
    expect((await order('far too long for this shop')).status).toBe(422);
    expect(complaints).toEqual([]);
    await started.end();
  },
);
