import { expect, test } from 'vitest';
import { installation, startBoth } from '../fixtures/installation.ts';
import { startUpstream } from '../fixtures/upstream.ts';
import { bringInShop, recorded } from './brought-in.ts';
import { browserPage } from './browser.ts';
import { expectWell } from './looks-well.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

test.each([
  [1280, 'light'],
  [390, 'dark'],
] as const)(
  'watched, seen, protected; let through from the call, and no longer, at %i px',
  async (width, colorScheme) => {
    const upstream = await startUpstream((_request, response) => response.end('{}'));
    const at = await installation();
    const started = await startBoth(at);
    const { page, complaints } = await browserPage({ viewport: { width, height: 844 }, colorScheme });
    const console = `http://127.0.0.1:${at.consolePort}`;
    await setUpAndGoIn(page, console, setupCode(started.output().stdout));
    const key = await bringInShop(
      at,
      upstream.url,
      'auth: required, validate: { mode: monitor, form: { fields: { note: { type: text, maxLength: 10 } } } }',
    );
    const order = async (note: string) =>
      await fetch(`http://127.0.0.1:${at.gatewayPort}/orders`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ note }),
      });

    for (let call = 0; call < 3; call++) expect((await order('far too long for this shop')).status).toBe(200);
    expect((await order('short')).status).toBe(200);

    await page.goto(`${console}/front-door`);
    await page.getByText('3 calls would have been stopped, but are only watched.').waitFor();
    await page.getByRole('link', { name: 'See what is protected' }).click();
    const part = page.getByRole('region', { name: 'Calls that look wrong, POST /orders of shop' });
    await part.getByText('In the last 7 days 3 calls would have been stopped.').waitFor();
    await part.getByText('3 by web-shop on POST /orders (“note” is too long).').waitFor();
    await part.getByText('It has watched for only').waitFor();
    expect(await part.getByRole('radio', { name: 'Watching' }).isChecked()).toBe(true);
    await expectWell(page);

    await part.getByRole('link', { name: 'See these calls' }).click();
    const calls = page.getByRole('region', { name: 'Calls' });
    await expect
      .poll(() => calls.getByRole('link', { name: /POST \/orders.*Would have been stopped/ }).count())
      .toBe(3);
    await page.goBack();

    await part.getByRole('button', { name: 'Protect now' }).click();
    await page.getByText('3 calls of web-shop, with good keys, would have been stopped.').waitFor();
    await page.getByRole('button', { name: 'Protect all the same' }).click();
    await page.getByText('Calls that look wrong: protecting. Live now.').waitFor();
    expect(await part.getByRole('radio', { name: 'Protecting' }).isChecked()).toBe(true);
    const refused = await order('far too long for this shop');
    expect(refused.status).toBe(422);
    expect((await order('short')).status).toBe(200);

    const { reference } = (await refused.json()) as { reference: string };
    await recorded(at, reference);
    await page.goto(`${console}/activity/calls/${reference}`);
    await page.getByRole('heading', { level: 1, name: 'A call was turned away' }).waitFor();
    await page.getByRole('button', { name: 'Let this through' }).click();
    await page
      .getByText('Calls by web-shop on POST /orders of shop are let through even if “note” does not fit.')
      .waitFor();
    await expectWell(page);
    await page.getByRole('radio', { name: '1 day' }).check();
    await page.getByLabel('Why? (if you like)').fill('Our till writes long notes');
    await page.getByRole('button', { name: 'Let it through for 1 day' }).click();
    await page.getByText('Calls like this are let through for 1 day. Live now.').waitFor();
    const passed = await order('far too long for this shop');
    expect(passed.status).toBe(200);

    const id = passed.headers.get('x-request-id') ?? '';
    await recorded(at, id);
    await page.goto(`${console}/activity/calls/${id}`);
    await page.getByText('An exception of yours let this call through').waitFor();
    await page.getByRole('link', { name: 'See your exceptions' }).click();
    await page.getByText('Our till writes long notes').waitFor();
    await page.getByText('Ends in 24 hours').waitFor();
    await expectWell(page);
    await page.getByRole('button', { name: /^End now: Calls by web-shop/ }).click();
    await page.getByText('The exception is ended. Live now.').waitFor();
    await page.getByText('There are no exceptions.').waitFor();
    expect((await order('far too long for this shop')).status).toBe(422);

    await page.goto(`${console}/front-door/protection`);
    await part.getByText(/In the last 7 days it stopped [12] calls?\./).waitFor();
    await part.getByText('1 call passed by your exceptions').waitFor();
    // With the keyboard alone, and back again.
    await part.getByRole('radio', { name: 'Protecting' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('Calls that look wrong: watching. Live now.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Calls that look wrong: protecting. Live now.').waitFor();
    expect((await order('far too long for this shop')).status).toBe(422);
    expect(complaints).toEqual([]);
    await started.end();
  },
);
