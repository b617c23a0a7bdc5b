import type { Page } from 'playwright-core';

export const OWNER = {
  businessName: 'Blue Harbour Pottery',
  name: 'Marina Holt',
  email: 'marina@blueharbour.example',
  passphrase: 'velvet anchor maple thirteen',
};

/** The one-time code out of what the program printed. */
export function setupCode(printed: string): string {
  const code = /Set-up code: (\S+)/.exec(printed)?.[1];
  if (code === undefined) throw new Error(`no set-up code was printed:\n${printed}`);
  return code;
}

/** Walks through the set-up as the owner would, up to the offer of the extra step. */
export async function setUp(page: Page, console: string, code: string): Promise<void> {
  await page.goto(console);
  await page.getByLabel('Set-up code').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('Name of your business').fill(OWNER.businessName);
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Your e-mail address').fill(OWNER.email);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('Pass phrase', { exact: true }).fill(OWNER.passphrase);
  await page.getByText('Very good').waitFor();
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.waitForURL('**/welcome');
}

export async function setUpAndGoIn(page: Page, console: string, code: string): Promise<void> {
  await setUp(page, console, code);
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('heading', { level: 1, name: /front door/ }).waitFor();
}
