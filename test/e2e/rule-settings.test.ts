import { expect, test } from 'vitest';
import { ownerAtTheDoor } from './owner-at-the-door.ts';

test.each([1280, 390])('a rule learns what may be sent, and holds calls against it, at %i px', async (width) => {
  const { page, complaints, console, gateway, shop } = await ownerAtTheDoor(width);
  const ask = (body: unknown) =>
    fetch(`${gateway}/api/letters`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await page.goto(`${console}/front-door/connect`);
  await page.getByRole('textbox', { name: 'Where does it answer?' }).fill(shop.url);
  await page.getByRole('textbox', { name: 'What do you call it?' }).fill('shop');
  await page.getByRole('button', { name: 'Connect it' }).click();
  await page.getByRole('link', { name: 'Add a rule' }).click();
  await page.getByLabel('Address of the call').fill('/api/letters');
  await page.getByRole('checkbox', { name: 'Look (GET)' }).uncheck();
  await page.getByRole('checkbox', { name: 'Add or send (POST)' }).check();
  await page.getByRole('radio', { name: 'Anyone may call' }).check();
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await page.getByText('The rule is added. Live now.').waitFor();
  await page.getByRole('link', { name: /^Change the rule “POST \/api\/letters”/ }).click();

  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByLabel('Its name').fill('email');
  await page.getByLabel('What is it?').selectOption('email');
  await page.getByLabel('Must not be missing').check();
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByLabel('Its name').last().fill('email');
  await page.getByText('“email” stands here twice').waitFor();
  await page.getByLabel('Its name').last().fill('password');
  await page.getByLabel('Longest').last().fill('64');
  await page.getByLabel('And when something does not fit?').selectOption('enforce');
  await page.getByRole('button', { name: 'Save what may be sent' }).click();
  await page.getByText('What may be sent is changed. Live now.').waitFor();
  expect((await ask({ email: 'nobody', password: 'x' })).status).toBe(422);
  expect((await ask({ email: 'a@shop.example', password: 'x'.repeat(65) })).status).toBe(422);
  expect((await ask({ email: 'a@shop.example', password: 'x' })).status).not.toBe(422);

  await page.getByLabel('How much may be sent at most?').selectOption('1KiB');
  await page.getByRole('button', { name: 'Save the rest' }).click();
  await page.getByText('The rule is changed. Live now.').waitFor();
  expect((await ask({ email: 'a@shop.example', password: 'x'.repeat(2_000) })).status).toBe(413);

  await page.getByRole('button', { name: 'Add a rarer limit' }).click();
  await page.getByLabel('calls in').last().selectOption('day');
  await page.getByLabel('At most', { exact: true }).last().fill('1');
  await page.getByRole('button', { name: 'Save the rarer limits' }).click();
  await page.getByText('The limits are changed. Live now.').waitFor();
  await ask({ email: 'a@shop.example', password: 'x' });
  expect((await ask({ email: 'a@shop.example', password: 'x' })).status).toBe(429);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('It is as it was before. Live now.').waitFor();

  // A removed rule comes back with all of that.
  await page.getByRole('link', { name: /Back to shop/ }).click();
  await page.getByRole('button', { name: /^Remove the rule “POST \/api\/letters”/ }).click();
  await page.getByText('The rule is removed. Live now.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The rule is back. Live now.').waitFor();
  expect((await ask({ email: 'nobody', password: 'x' })).status).toBe(422);
  expect(complaints).toEqual([]);
});
