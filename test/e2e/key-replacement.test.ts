import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startPracticeShop } from '../../practice/server.ts';
import { installation, startBoth } from '../fixtures/installation.ts';
import { browserPage } from './browser.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

async function connectShop(page: Page, upstream: string): Promise<void> {
  await page.getByRole('link', { name: 'Connect an API' }).click();
  await page.getByRole('textbox', { name: 'Where does it answer?' }).fill(upstream);
  await page.getByRole('button', { name: 'Is something there?' }).click();
  await page.getByRole('textbox', { name: 'What do you call it?' }).fill('Practice shop');
  await page.getByRole('button', { name: 'Connect it' }).click();
  await page.getByText('“Practice shop” is connected. Live now.').waitFor();
}

const shownKey = (page: Page) => page.getByText(/^nl_live_\w+$/).innerText();

test.each([1280, 390])(
  'a key is replaced, the old one ended, and a leaked one is out at once, at %i px',
  async (width) => {
    const shop = await startPracticeShop();
    onTestFinished(() => shop.close());
    const at = await installation();
    const started = await startBoth(at);
    const { page, complaints } = await browserPage({ viewport: { width, height: 844 } });
    const console = `http://127.0.0.1:${at.consolePort}`;
    const products = `http://127.0.0.1:${at.gatewayPort}/api/products`;
    const status = async (key: string) => (await fetch(products, { headers: { 'x-api-key': key } })).status;
    await setUpAndGoIn(page, console, setupCode(started.output().stdout));
    await connectShop(page, shop.url);
    await page.goto(`${console}/front-door/keys/new`);
    await page.getByRole('combobox', { name: 'Who is it for?' }).fill('Web shop');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByText('It works from now on.').waitFor();
    const first = await shownKey(page);
    await page.getByRole('link', { name: 'I have put it away' }).click();

    await page.getByRole('link', { name: /^Replace the key of web-shop/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Replace the key of “web-shop”' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'How long should the old key go on?' }).inputValue()).toBe('72');
    await page.getByRole('button', { name: 'Make the new key' }).click();
    await page.getByText('The old key goes on for 3 days.').waitFor();
    const second = await shownKey(page);
    expect([await status(first), await status(second)]).toEqual([200, 200]);
    await page.getByRole('link', { name: 'I have put it away' }).click();
    const working = page.getByRole('region', { name: 'Keys that work' });
    const past = page.getByRole('region', { name: 'Keys that no longer work' });
    await working.getByText('Replaced, still works').waitFor();
    await working.getByText('Still in use, last just now').waitFor({ timeout: 20_000 });

    await page.getByRole('button', { name: /^End it: the old key of web-shop/ }).click();
    await page.getByRole('button', { name: 'Take it back now' }).click();
    await page.getByText('The key of “web-shop” is taken back. Live now.').waitFor();
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    await past.getByText('Taken back', { exact: true }).waitFor();

    await page.getByRole('button', { name: /^It leaked: the key of web-shop/ }).click();
    await page.getByText('It is ended at once, everywhere').waitFor();
    // The product's own second is measured in test/integration/control-plane; here the browser takes its part of a busy machine.
    const clicked = performance.now();
    await page.getByRole('button', { name: 'End it now' }).click();
    // A call that is under way with the key is cut off with it.
    const now = () => status(second).catch(() => 0);
    while ((await now()) !== 401) expect(performance.now() - clicked).toBeLessThan(3_000);
    await page.getByText('The leaked key of “web-shop” is ended. Live now.').waitFor();
    expect(await status(await shownKey(page))).toBe(200);
    await page.getByRole('button', { name: 'I have put it away' }).click();
    await past.getByText('Leaked, ended').waitFor();
    await page.goto(`${console}/more/history`);
    await page.getByText('ended a key that strangers had seen').waitFor();
    await page.getByText('replaced a key').waitFor();
    expect(complaints).toEqual([]);
    await started.end();
  },
);
