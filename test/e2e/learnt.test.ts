import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RequestEvent } from '../../src/contracts/events/gateway-event.ts';
import { installation } from '../fixtures/installation.ts';
import { startNightlatch } from '../fixtures/nightlatch.ts';
import { browserPage } from './browser.ts';
import { WCAG } from './looks-well.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

const run = promisify(execFile);

const answerWithEmail: RequestEvent = {
  ...{ seq: 1, type: 'request', id: '01JAAAAAAAAAAAAAAAAAAAAAAA', time: new Date().toISOString(), service: 'shop' },
  ...{ route: 'GET /api/customers/{customerId}', method: 'GET', path: '/api/customers/{customerId}', status: 200 },
  ...{ code: null, consumer: null, key: null, address: '203.0.113.7', bytesIn: 0, bytesOut: 90, durationMs: 3 },
  ...{ upstreamMs: 2, decisions: [], personal: { email: 1, name: 2 }, revision: 1 },
};

async function complaintsOf(page: Page, width: number): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: width < 500 ? 'light' : 'dark' });
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().map((animation) => animation.finished)).then(() => null)',
  );
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG).analyze();
  return [
    ...(overflow > 0 ? [`${overflow} px too wide`] : []),
    ...violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target).join(' ')}`),
  ];
}

test.each([1280, 390])('what was learnt of the practice shop is shown and used to watch, at %i px', async (width) => {
  const at = await installation();
  const started = startNightlatch(['practice', ...at.args]);
  await started.says('Ctrl-C stops both.', 30_000);
  const console = `http://127.0.0.1:${at.consolePort}`;
  const bearer = (file: string) => ({ authorization: `Bearer ${readFileSync(join(at.data, file), 'utf8').trim()}` });
  const guarded = await fetch(`${console}/api/settings`, {
    method: 'PATCH',
    headers: {
      ...bearer('cli.token'),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ responseGuard: { mode: 'monitor' } }),
  });
  expect(guarded.status).toBe(200);
  const { page, complaints } = await browserPage({ viewport: { width, height: 900 } });
  await setUpAndGoIn(page, console, setupCode(started.output().stdout));
  await page.getByRole('link', { name: 'shop', exact: true }).click();

  const learnt = page.getByRole('region', { name: 'What Nightlatch has learnt about this API' });
  const fields = page.getByLabel('What it looks like: GET /api/products/{productId}');
  await fields.waitFor({ timeout: 60_000 });
  await fields.click();
  const line = learnt.getByRole('listitem').filter({ has: fields });
  await line.getByText('productId: a whole number').waitFor();
  await line
    .getByText(/^name: text, up to \d+ characters/)
    .first()
    .waitFor();
  expect(await complaintsOf(page, width)).toEqual([]);
  if (process.env.SHOT !== undefined)
    await page.screenshot({ path: `${process.env.SHOT}-${width}.png`, fullPage: true });

  await learnt.getByRole('button', { name: 'Use this to watch' }).click();
  await page.getByText('None is turned away for it. Live now.').waitFor();
  await learnt.getByRole('heading', { name: 'What did not fit' }).waitFor();
  await learnt.getByRole('button', { name: 'Watch with what is known today' }).waitFor();
  expect(await complaintsOf(page, width)).toEqual([]);

  const cli = await run(process.execPath, [
    ...[join(import.meta.dirname, '..', '..', 'bin', 'nightlatch'), 'drafts', 'export', '--data', at.data],
  ]);
  expect(JSON.parse(cli.stdout)).toMatchObject({ openapi: '3.1.0', paths: { '/api/products/{productId}': {} } });

  // The practice customers look at themselves now and then; nobody waits for that here.
  const told = await fetch(`${console}/api/gateway/events?gateway=another`, {
    method: 'POST',
    headers: { ...bearer('gateway.token'), 'content-type': 'application/x-ndjson' },
    body: `${JSON.stringify(answerWithEmail)}\n`,
  });
  expect(told.status).toBe(200);
  await page.reload();
  const personal = page.getByRole('region', { name: 'Personal data in answers' });
  await personal.getByText(/^Answers of GET \/api\/customers\/\{customerId\} hold .*e-mail addresses/).waitFor();
  await learnt.getByRole('button', { name: 'Stop watching' }).click();
  await learnt.getByRole('button', { name: 'Use this to watch' }).waitFor();
  expect(complaints).toEqual([]);
});
