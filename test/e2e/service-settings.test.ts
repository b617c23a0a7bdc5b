import { expect, test } from 'vitest';
import { ownerAtTheDoor } from './owner-at-the-door.ts';

const DESCRIPTION = `openapi: 3.1.0
info: { title: Letters, version: '1' }
paths:
  /api/letters:
    post:
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [email], properties: { email: { type: string } } }
      responses: { '200': { description: Sent } }
`;

test('an API gets a description and a second address, and faults have their lines', async () => {
  const { page, complaints, console, shop } = await ownerAtTheDoor();
  await page.goto(`${console}/front-door/connect`);
  await page.getByRole('textbox', { name: 'Where does it answer?' }).fill(shop.url);
  await page.getByRole('textbox', { name: 'What do you call it?' }).fill('shop');
  await page.getByRole('button', { name: 'Connect it' }).click();

  const paste = page.getByLabel('Or paste it here');
  await paste.fill(DESCRIPTION.replace('type: string', 'type: strin'));
  await page.getByRole('button', { name: 'Save the API description' }).click();
  await page.getByText('Line 11:').waitFor();
  await paste.fill(DESCRIPTION);
  await page.getByRole('button', { name: 'Save the API description' }).click();
  await page.getByText('The API description is changed. Live now.').waitFor();
  await page.getByText('It describes 1 call').click();
  await page.getByText('POST /api/letters', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('Where it answers').last().fill('nowhere');
  await page.getByRole('button', { name: 'Save addresses' }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByLabel('Where it answers').last().fill('http://127.0.0.1:9');
  await page.getByLabel('Its share').first().fill('3');
  await page.getByLabel('Where to ask whether it is well').fill('/api/products');
  await page.getByLabel('Wait for an answer').fill('5s');
  await page.getByRole('button', { name: 'Save addresses' }).click();
  await page.getByText('Addresses and waiting times are changed. Live now.').waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('Where it answers').last().inputValue()).toBe('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Take out http://127.0.0.1:9' }).click();
  await page.getByRole('button', { name: 'Save addresses' }).click();
  await page.getByText('Addresses and waiting times are changed. Live now.').waitFor();
  expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});
