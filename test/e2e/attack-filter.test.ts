import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installation, startBoth } from '../fixtures/installation.ts';
import { nightlatch } from '../fixtures/nightlatch.ts';
import { startUpstream } from '../fixtures/upstream.ts';
import { waitUntil } from '../fixtures/wait-until.ts';
import { bringInShop, recorded } from './brought-in.ts';
import { browserPage } from './browser.ts';
import { expectWell } from './looks-well.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

const SQL = "' union select password from users--";

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
    const key = await bringInShop(at, upstream.url);
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
    await expectWell(page);
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
    await expectWell(page);
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
    await expectWell(page);
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
