import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { installation } from '../fixtures/installation.ts';
import { startNightlatch } from '../fixtures/nightlatch.ts';
import { waitUntil } from '../fixtures/wait-until.ts';
import { browserPage } from './browser.ts';
import { WCAG } from './looks-well.ts';
import { OWNER, setUpAndGoIn, setupCode } from './owner.ts';

const NARROW = { width: 320, height: 700 };
const WIDE = { width: 1280, height: 900 };
const LOOKS = [
  ['light', NARROW],
  ['dark', WIDE],
] as const;

const PAGES = [
  '/front-door',
  '/front-door/connect',
  '/front-door/keys',
  '/front-door/keys/new',
  '/front-door/keys/k_nobody/replace',
  '/front-door/protection',
  '/front-door/protection/exceptions',
  '/front-door/addresses?address=203.0.113.9',
  '/front-door/https',
  '/front-door/callers',
  '/front-door/signed-calls',
  '/front-door/suppliers',
  '/front-door/suppliers/new',
  '/activity?direction=outbound',
  '/front-door/text?of=gateway&part=server',
  '/wrong',
  '/activity',
  '/activity?outcome=turned-away',
  '/activity/calls/01AAAAAAAAAAAAAAAAAAAAAAAA',
  '/more',
  '/more/sign-in',
  '/more/signed-in',
  '/more/tokens',
  '/more/history',
  '/more/configuration',
  '/more/appearance',
  '/nowhere',
];

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await waitUntil(async () => (await page.getByText('On its way …').count()) === 0);
  // Colours that are still on their way from one theme to the other would be measured half-way.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().map((animation) => animation.finished)).then(() => null)',
  );
}

/** The light look at the narrowest width, the dark one on a desk. */
async function examine(page: Page, place: string): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, viewport] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await settled(page);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    if (overflow > 0) found.push(`${place} ${viewport.width} px: ${overflow} px too wide`);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG).analyze();
    for (const { id, nodes } of violations) {
      const where = nodes.map((node) => `${node.target} ${node.failureSummary}`).join('\n  ');
      found.push(`${place} ${colorScheme} ${viewport.width} px: ${id}\n  ${where}`);
    }
  }
  return found;
}

test('the first page is light', async () => {
  const at = await installation();
  const started = startNightlatch(['start', ...at.args]);
  await started.says('Ctrl-C stops both.', 20_000);
  const { page } = await browserPage({ viewport: WIDE });
  const scripts: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
  });
  await page.goto(`http://127.0.0.1:${at.consolePort}`);
  await page.getByLabel('Set-up code').waitFor();
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(250 * 1024);
});

test('every page can be used by everybody, in both looks, from 320 px on, without a complaint of the browser', async () => {
  const at = await installation();
  const started = startNightlatch(['practice', ...at.args]);
  await started.says('Ctrl-C stops both.', 30_000);
  const { page, complaints } = await browserPage({ viewport: WIDE });
  const console = `http://127.0.0.1:${at.consolePort}`;
  const found: string[] = [];

  await page.goto(console);
  found.push(...(await examine(page, '/setup')));
  await setUpAndGoIn(page, console, setupCode(started.output().stdout));
  await page.goto(`${console}/welcome`);
  found.push(...(await examine(page, '/welcome')));
  await page.getByRole('button', { name: 'Set up the extra step' }).click();
  await page.getByLabel('Six digits from your phone').waitFor();
  found.push(...(await examine(page, '/welcome, with the picture')));

  for (const place of PAGES) {
    await page.goto(`${console}${place}`);
    found.push(...(await examine(page, place)));
  }

  await page.goto(`${console}/front-door`);
  await page.getByRole('link', { name: 'shop', exact: true }).click();
  found.push(...(await examine(page, 'an API')));
  await page.getByRole('link', { name: /^Change the rule “POST \/api\/login”/ }).click();
  found.push(...(await examine(page, 'a rule')));
  await page.goto(`${console}/activity?outcome=turned-away`);
  await page
    .getByRole('region', { name: 'Calls' })
    .getByRole('link')
    .filter({ hasText: 'Turned away' })
    .first()
    .click();
  await page.getByText('Details for your developer').click();
  found.push(...(await examine(page, 'a call')));
  await page.goto(`${console}/front-door/keys`);
  await page.getByRole('button', { name: /^Take back the key/ }).click();
  found.push(...(await examine(page, 'taking a key back')));
  await page.keyboard.press('Escape');
  await page.goto(`${console}/activity`);
  await page.getByRole('button', { name: 'Show as a table' }).click();
  found.push(...(await examine(page, 'the day as a table')));

  await page.goto(`${console}/more`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').fill(OWNER.email);
  found.push(...(await examine(page, '/sign-in')));

  expect(found).toEqual([]);
  // A reference that nobody knows is answered with 404, which the browser itself notes down.
  expect(complaints.filter((one) => !one.includes('404'))).toEqual([]);
});
