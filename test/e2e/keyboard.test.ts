import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { installation, startBoth } from '../fixtures/installation.ts';
import { browserPage } from './browser.ts';
import { OWNER, setUp, setupCode } from './owner.ts';
import { sixDigits } from './six-digits.ts';

/** What has the focus, by its accessible name. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const one = document.activeElement;
    return one?.labels?.[0]?.textContent ?? one?.getAttribute('aria-label') ?? one?.textContent ?? '';
  })()`);
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    if ((await focused(page)).startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the focus never reached "${name}"; it is at "${await focused(page)}"`);
}

test('the extra step is set up, and one signs in with the keyboard alone', async () => {
  const at = await installation();
  const started = await startBoth(at);
  const { page, complaints } = await browserPage({ viewport: { width: 1280, height: 900 } });
  await setUp(page, `http://127.0.0.1:${at.consolePort}`, setupCode(started.output().stdout));

  await page.getByRole('button', { name: 'Set up the extra step' }).click();
  await page.getByText('The picture cannot be read?').click();
  const secret = (await page.locator('details pre').innerText()).replaceAll(/\s/g, '');
  await page.getByLabel('Six digits from your phone').fill(await sixDigits(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  const codes = await page.locator('ul code').allInnerTexts();
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  await page.getByLabel('I have put them away').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();

  await tabTo(page, 'E-mail address');
  await page.keyboard.type(OWNER.email);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toContain('Pass phrase');
  await page.keyboard.type('not the right one');
  await page.keyboard.press('Enter');
  await page.getByText('E-mail address and pass phrase do not fit together').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(OWNER.passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Now the extra step' }).waitFor();
  await tabTo(page, 'Six digits');
  await page.keyboard.type(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /front door/i }).waitFor();

  // One press leads past the places to the content; the glossary opens and closes without a mouse.
  await page.reload();
  await page.getByRole('heading', { level: 1, name: /front door/i }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo(page, 'APIs');
  await page.keyboard.press('Enter');
  await page.getByText('The way programs talk to one another').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('The way programs talk to one another').waitFor({ state: 'hidden' });
  // The wrong pass phrase and the missing code are answered with 401, which the browser itself notes down.
  expect(complaints.filter((one) => !one.includes('401'))).toEqual([]);
});
