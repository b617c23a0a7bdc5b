import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installation } from '../fixtures/installation.ts';
import { ownerAtTheDoor } from './owner-at-the-door.ts';

test('a caller gets an attribute and a password that is shown once and opens the door', async () => {
  const { page, complaints, console, gateway, shop } = await ownerAtTheDoor(390);
  await page.goto(`${console}/front-door/connect`);
  await page.getByRole('textbox', { name: 'Where does it answer?' }).fill(shop.url);
  await page.getByRole('textbox', { name: 'What do you call it?' }).fill('shop');
  await page.getByRole('button', { name: 'Connect it' }).click();
  await page.getByText('“shop” is connected. Live now.').waitFor();
  await page.goto(`${console}/front-door/keys/new`);
  await page.getByRole('combobox', { name: 'Who is it for?' }).fill('Till');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByText('It works from now on.').waitFor();

  await page.goto(`${console}/front-door/callers`);
  await page.getByRole('link', { name: 'till' }).click();
  await page.getByRole('button', { name: 'Add an attribute' }).click();
  await page.getByLabel('What is it called?').fill('customerId');
  await page.getByLabel('What is it?').fill('7');
  await page.getByRole('button', { name: 'Save what this caller is known by' }).click();
  await page.getByText('What this caller is known by is changed. Live now.').waitFor();

  await page.getByLabel('User name', { exact: true }).fill('till-1');
  await page.getByRole('button', { name: 'Make a password' }).click();
  await page.getByText('A password for “till-1” is made. Live now.').waitFor();
  const password = await page.getByText(/^[A-Za-z0-9]{24}$/).innerText();
  const products = (secret: string) => {
    const authorization = `Basic ${Buffer.from(`till-1:${secret}`).toString('base64')}`;
    return fetch(`${gateway}/api/products`, { headers: { authorization } });
  };
  expect((await products(password)).status).toBe(200);
  expect((await products('wrong')).status).toBe(401);
  await page.reload();
  await page.getByRole('button', { name: 'Take it back: till-1' }).waitFor();
  expect(await page.getByText(password).count()).toBe(0);
  await page.getByRole('button', { name: 'Take it back: till-1' }).click();
  await page.getByText('The password of “till-1” is taken back. Live now.').waitFor();
  expect((await products(password)).status).toBe(401);
  expect(complaints).toEqual([]);
});

test('signed calls of a supplier are made known by the place of their secret', async () => {
  const { page, complaints, console } = await ownerAtTheDoor();
  const file = `${(await installation()).data}-webhook`;
  writeFileSync(file, 'whsec_of_nobody_at_all_0123456789');
  await page.goto(`${console}/front-door/signed-calls`);
  await page.getByLabel('Where does the gateway find the secret?').selectOption('file');
  await page.getByLabel('Path of the file').fill(file);
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByText('Signed calls of “stripe” are known. Live now.').waitFor();
  await page.getByRole('button', { name: 'Take out stripe' }).click();
  await page.getByText('“stripe” is taken out. Live now.').waitFor();
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});
