import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { installation } from '../fixtures/installation.ts';
import { startNightlatch } from '../fixtures/nightlatch.ts';
import { browserPage } from './browser.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

const run = promisify(execFile);
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

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
  const guarded = await fetch(`${console}/api/settings`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${readFileSync(join(at.data, 'cli.token'), 'utf8').trim()}`,
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

  await page.reload();
  const personal = page.getByRole('region', { name: 'Personal data in answers' });
  await personal
    .getByText(/^Answers of .* hold /)
    .first()
    .waitFor({ timeout: 60_000 });
  await learnt.getByRole('button', { name: 'Stop watching' }).click();
  await learnt.getByRole('button', { name: 'Use this to watch' }).waitFor();
  expect(complaints).toEqual([]);
});
