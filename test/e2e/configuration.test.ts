import { expect, onTestFinished, test } from 'vitest';
import { startPracticeShop } from '../../practice/server.ts';
import { installation, startBoth } from '../fixtures/installation.ts';
import { browserPage } from './browser.ts';
import { expectWell } from './looks-well.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

test.each([1280, 390])('a file is looked at, put in force, and taken back, at %i px', async (width) => {
  const shop = await startPracticeShop();
  onTestFinished(() => shop.close());
  const at = await installation();
  const started = await startBoth(at);
  const { page, complaints } = await browserPage({ viewport: { width, height: 844 } });
  const console = `http://127.0.0.1:${at.consolePort}`;
  const call = async () => (await fetch(`http://127.0.0.1:${at.gatewayPort}/api/products`)).status;
  await setUpAndGoIn(page, console, setupCode(started.output().stdout));
  const file = (auth: string) =>
    `version: 1\nservices:\n  - name: shop\n    upstream: ${shop.url}\n    routes:\n      - { match: { path: "/*" }, auth: ${auth} }\n`;

  await page.goto(`${console}/more/configuration`);
  await page.getByLabel('YAML').fill(file('none'));
  await page.getByRole('button', { name: 'See what it would change' }).click();
  await page.getByText('Nobody of the last 7 days would have been turned away by it.').waitFor();
  await page.getByRole('button', { name: 'Put this in force' }).click();
  await page.getByText('Replace everything at the front door?').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Put this in force' }).click();
  await page.getByText('In force: 1 APIs, 1 rules, 0 key holders, 0 keys. Live now.').waitFor();
  for (let calls = 0; calls < 3; calls++) expect(await call()).toBe(200);

  await page.getByLabel('YAML').fill(file('required'));
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'See what it would change' }).click();
      await page.getByRole('region', { name: 'What it would do' }).waitFor();
      return page.getByText('3 calls of the last 7 days would have been turned away.').count();
    })
    .toBe(1);
  await page.getByText('Somebody at 127.0.0.1 came without a key').waitFor();
  await page.getByText('ANY /*: now asks for a key').waitFor();
  await expectWell(page);
  await page.getByRole('button', { name: 'Put this in force' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put this in force' }).click();
  const history = page.getByRole('region', { name: 'Earlier rules' });
  await history.getByText('Just now, Marina Holt: ANY /*: now asks for a key').waitFor();
  expect(await call()).toBe(401);
  await history
    .getByRole('button', { name: /^Go back to this/ })
    .first()
    .click();
  const sure = page.getByRole('dialog');
  await sure.getByText('ANY /*: now open to everybody').waitFor();
  await expectWell(page);
  await sure.getByRole('button', { name: 'Go back to this' }).click();
  await page.getByText(/^The rules of .* are back\. Live now\.$/).waitFor();
  expect(await call()).toBe(200);
  expect(complaints).toEqual([]);

  // What cannot be put in force is refused with its reason, and the page says so.
  await page.getByLabel('YAML').fill(file('nobody'));
  await page.getByRole('button', { name: 'See what it would change' }).click();
  await page.getByRole('alert').filter({ hasText: 'The configuration has a fault' }).waitFor();
  await page.getByLabel('YAML').fill(file('none').replace(shop.url, 'http://127.0.0.1:9'));
  await page.getByRole('button', { name: 'See what it would change' }).click();
  await page.getByRole('button', { name: 'Put this in force' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put this in force' }).click();
  await page.getByRole('alert').filter({ hasText: 'The service "shop" does not answer' }).waitFor();
  expect(await call()).toBe(200);
});
