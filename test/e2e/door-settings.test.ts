import { expect, test } from 'vitest';
import { waitUntil } from '../fixtures/wait-until.ts';
import { ownerAtTheDoor } from './owner-at-the-door.ts';

test.each([1280, 390])('an address is shut out and let near again, at %i px', async (width) => {
  const { page, complaints, console, gateway } = await ownerAtTheDoor(width);
  await page.goto(`${console}/front-door/addresses?address=203.0.113.9`);
  const field = page.getByLabel('Address or network to shut out');
  expect(await field.inputValue()).toBe('203.0.113.9');
  await page.getByRole('button', { name: 'Shut it out', exact: true }).click();
  await page.getByText('203.0.113.9 is shut out. Live now.').waitFor();

  await field.fill('nobody');
  await field.press('Enter');
  await page.locator('[aria-invalid="true"]').waitFor();

  // This computer: the only address from which the test can really call.
  expect((await fetch(`${gateway}/`)).status).not.toBe(403);
  await field.fill('127.0.0.1');
  await page.getByText('This is your own address').waitFor();
  await field.press('Enter');
  await page.getByText('127.0.0.1 is shut out. Live now.').waitFor();
  expect((await fetch(`${gateway}/`)).status).toBe(403);

  await page.getByRole('button', { name: 'Take out 127.0.0.1' }).click();
  await page.getByText('127.0.0.1 is out of the list. Live now.').waitFor();
  expect((await fetch(`${gateway}/`)).status).not.toBe(403);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('It is as it was before. Live now.').waitFor();
  expect((await fetch(`${gateway}/`)).status).toBe(403);
  await page.getByRole('button', { name: 'Never shut me out' }).click();
  await page.getByText('127.0.0.1 is never shut out. Live now.').waitFor();
  expect((await fetch(`${gateway}/`)).status).not.toBe(403);
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});

test('https is switched on for a first look, and what cannot work is said', async () => {
  const { page, complaints, gateway } = await ownerAtTheDoor();
  await page.getByRole('link', { name: 'HTTPS' }).click();
  await page.getByRole('heading', { level: 1, name: 'HTTPS' }).waitFor();
  await page.getByRole('radio', { name: 'A certificate of our own' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('HTTPS is on, with a certificate of our own. Live now.').waitFor();
  await expect(fetch(gateway)).rejects.toThrow();
  await waitUntil(async () => (await page.getByText(/The certificate holds until/).count()) > 0, 15_000);
  await page.getByText(gateway.replace('http:', 'https:')).waitFor();

  await page.getByRole('radio', { name: 'Automatic' }).check();
  await page.getByText('This has to be true first').waitFor();
  await page.getByLabel('Names under which callers reach you').fill('203.0.113.7');
  await page.getByRole('checkbox', { name: 'I agree' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('is an address, and the certificate can only be for names').first().waitFor();
  await page.reload();
  expect(await page.getByRole('radio', { name: 'A certificate of our own' }).isChecked()).toBe(true);
  await page.getByRole('radio', { name: 'Off' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('HTTPS is off. Live now.').waitFor();
  await fetch(gateway);
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});

test('a part of the configuration is written as text, and faults have their lines', async () => {
  const { page, complaints, console } = await ownerAtTheDoor();
  await page.goto(`${console}/front-door/addresses`);
  await page.getByRole('link', { name: /the same as text/ }).click();
  const text = page.getByLabel('“blocklist” as YAML');
  await text.fill('deny:\n  - 203.0.113.7\n  - nobody\n');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Line 3:').waitFor();
  await text.fill('deny: [');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Line 1:/).waitFor();
  await text.fill('deny:\n  - 203.0.113.7\n');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“blocklist” is changed. Live now.').waitFor();
  await page.goto(`${console}/front-door/addresses`);
  await page.getByText('203.0.113.7', { exact: true }).waitFor();
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});
