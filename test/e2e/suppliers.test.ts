import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installation } from '../fixtures/installation.ts';
import { ownerAtTheDoor } from './owner-at-the-door.ts';

test('a supplier is added by name, its secret by place, and it is taken out again', async () => {
  const { page, complaints, console } = await ownerAtTheDoor(390);
  await page.goto(`${console}/front-door/keys/new`);
  await page.getByRole('combobox', { name: 'Who is it for?' }).fill('Web shop');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByText('It works from now on.').waitFor();
  await page.goto(`${console}/front-door`);
  await page.getByRole('link', { name: 'Who you call' }).click();
  await page.getByRole('link', { name: 'Add a supplier' }).click();
  await page.getByLabel('Supplier', { exact: true }).selectOption('Stripe');
  expect(await page.getByLabel('Its address').inputValue()).toBe('api.stripe.com');
  expect(await page.locator('input[type=password]').count()).toBe(0);

  // A key that is pasted where its place belongs is refused and not shown about.
  await page.getByLabel('Name of the variable').fill('sk_live_abc');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByLabel('Where does the gateway find the secret?').selectOption('file');
  const file = `${(await installation()).data}-stripe-key`;
  writeFileSync(file, 'sk_test_of_nobody');
  await page.getByLabel('Path of the file').fill(file);
  await page.getByRole('checkbox', { name: 'web-shop' }).check();
  await page.getByLabel('Calls a day, at most').fill('500');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Calls to “stripe” are set. Live now.').waitFor();
  await page.getByText('at most 500 calls a day').waitFor();

  await page.getByRole('link', { name: 'stripe' }).click();
  expect(await page.getByLabel('Calls a day, at most').inputValue()).toBe('500');
  await page.getByRole('button', { name: 'Take this supplier out' }).click();
  await page.getByText('“stripe” is taken out. Live now.').waitFor();
  await page.getByText('No supplier goes through the back door yet').waitFor();
  await page.getByRole('link', { name: 'See the calls that your programs made' }).click();
  await page.getByText('Your programs made no calls to suppliers').waitFor();
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});
