import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startPracticeShop } from '../../practice/server.ts';
import { installation, startBoth } from '../fixtures/installation.ts';
import { browserPage } from './browser.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

const run = promisify(execFile);

async function curl(...args: string[]): Promise<{ status: number; body: string }> {
  const { stdout } = await run('curl', ['-s', '-w', '\n%{http_code}', ...args]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

async function connectShop(page: Page, upstream: string): Promise<void> {
  await page.getByRole('link', { name: 'Connect an API' }).click();
  await page.getByRole('textbox', { name: 'Where does it answer?' }).fill(upstream);
  await page.getByRole('button', { name: 'Is something there?' }).click();
  await page.getByText('Something answers there').waitFor();
  await page.getByRole('textbox', { name: 'What do you call it?' }).fill('Practice shop');
  await page.getByRole('button', { name: 'Connect it' }).click();
  await page.getByText('“Practice shop” is connected. Live now.').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Practice shop' }).waitFor();
}

async function addRule(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Add a rule' }).click();
  await page.getByLabel('Address of the call').fill('/api/customers/{customerId}');
  await page.getByLabel('In your words').fill('See a customer');
  await page.getByLabel('Something else').fill('customers:read');
  await page.getByRole('button', { name: 'Add this' }).click();
  await page.getByRole('checkbox', { name: 'see customers' }).waitFor();
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await page.getByText('The rule is added. Live now.').waitFor();
  await page.getByText('Needs a key that can see customers').waitFor();
}

/** Returns the key as it is shown, once. */
async function makeKey(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Front door', exact: true }).click();
  await page.getByRole('link', { name: 'Make a key' }).first().click();
  await page.getByRole('combobox', { name: 'Who is it for?' }).fill('Web shop');
  await page.getByText('In records it appears as “web-shop”.').waitFor();
  await page.getByRole('checkbox', { name: /see customers/i }).check();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByText('It works from now on.').waitFor();
  const key = await page.getByText(/^nl_live_\w+$/).innerText();
  expect(await page.getByText(/^curl -H/).innerText()).toContain(key);
  return key;
}

test.each([1280, 390])('from the set-up to a key that was taken back, at %i px', async (width) => {
  const shop = await startPracticeShop();
  onTestFinished(() => shop.close());
  const at = await installation();
  const started = await startBoth(at);
  const { page, complaints } = await browserPage({ viewport: { width, height: 844 } });
  const gateway = `http://127.0.0.1:${at.gatewayPort}`;
  const customer = `${gateway}/api/customers/1`;

  await setUpAndGoIn(page, `http://127.0.0.1:${at.consolePort}`, setupCode(started.output().stdout));
  await page.getByRole('heading', { name: 'The front door is ready' }).waitFor();
  await connectShop(page, shop.url);
  await addRule(page);
  const key = await makeKey(page);

  const letIn = await curl('-H', `X-API-Key: ${key}`, customer);
  expect(letIn.status).toBe(200);
  expect(JSON.parse(letIn.body)).toMatchObject({ id: 1 });

  await page.getByRole('link', { name: 'Activity' }).click();
  const calls = page.getByRole('region', { name: 'Calls' });
  await calls.getByText('Live', { exact: true }).waitFor();
  await calls.getByText('web-shop · answer 200').waitFor();

  const turnedAway = await curl(customer);
  expect(turnedAway.status).toBe(401);
  const { reference } = JSON.parse(turnedAway.body) as { reference: string };
  await calls.getByRole('link', { name: /came without a key/ }).waitFor();
  await page.getByLabel('Reference').fill(reference);
  await page.getByRole('button', { name: 'Look it up' }).click();
  await page.getByRole('heading', { level: 1, name: 'A call was turned away' }).waitFor();
  await page.getByText('asked for GET /api/customers/{customerId} without showing a key').waitFor();
  await page.getByText('make a key and give it to them').waitFor();

  await page.getByRole('link', { name: 'Front door', exact: true }).click();
  await page.getByRole('link', { name: 'All keys' }).click();
  await page.getByRole('button', { name: /^Take back the key of web-shop/ }).click();
  await page.getByText('your web shop stands still until it has a new key').waitFor();
  await page.getByRole('button', { name: 'Take it back now' }).click();
  await page.getByText('The key of “web-shop” is taken back. Live now.').waitFor();
  expect((await curl('-H', `X-API-Key: ${key}`, customer)).status).toBe(401);

  expect(complaints).toEqual([]);
  expect((await started.end()).code).toBe(0);
});

test('the door is locked and opened again, and a removed rule is put back', async () => {
  const shop = await startPracticeShop();
  onTestFinished(() => shop.close());
  const at = await installation();
  const started = await startBoth(at);
  const { page, complaints } = await browserPage({ viewport: { width: 1280, height: 900 } });
  const gateway = `http://127.0.0.1:${at.gatewayPort}`;
  await setUpAndGoIn(page, `http://127.0.0.1:${at.consolePort}`, setupCode(started.output().stdout));
  await connectShop(page, shop.url);
  expect((await curl(`${gateway}/api/products`)).status).toBe(401);

  await page.getByRole('link', { name: 'Something’s wrong' }).click();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByText('The door is locked. Live now.').waitFor();
  expect((await curl(`${gateway}/api/products`)).status).toBe(503);
  await page.getByRole('button', { name: 'Open again' }).click();
  await page.getByText('The door is open again. Live now.').waitFor();
  expect((await curl(`${gateway}/api/products`)).status).toBe(401);

  await page.getByRole('link', { name: 'Front door', exact: true }).click();
  await page.getByRole('link', { name: 'Practice shop' }).click();
  await page.getByRole('button', { name: /^Remove the rule/ }).click();
  await page.getByText('The rule is removed. Live now.').waitFor();
  expect((await curl(`${gateway}/api/products`)).status).toBe(404);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The rule is back. Live now.').waitFor();
  expect((await curl(`${gateway}/api/products`)).status).toBe(401);
  expect(complaints).toEqual([]);

  await started.end();
  await page.getByText('Nightlatch does not answer at present').waitFor();
});
