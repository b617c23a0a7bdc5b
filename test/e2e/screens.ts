/**
 * Makes docs/screens: the main pages as an owner sees them, 390 and 1280 px wide, light and dark. Starts the real product with
 * the practice shop in a folder of its own. Run it with `node test/e2e/screens.ts`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../fixtures/free-port.ts';
import { waitUntil } from '../fixtures/wait-until.ts';
import { launchBrowser, openPage } from './browser.ts';
import { madeUpDay } from './made-up-day.ts';
import { WATCHED_CALL, watchAWeek } from './made-up-week.ts';
import { OWNER, setUp, setupCode } from './owner.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'docs', 'screens');
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 860 },
];
const LOOKS = ['light', 'dark'] as const;

/** Name of the picture, address of the page. */
const PAGES = [
  ['front-door', '/front-door'],
  ['connect', '/front-door/connect'],
  ['keys', '/front-door/keys'],
  ['make-a-key', '/front-door/keys/new'],
  ['protection', '/front-door/protection'],
  ['exceptions', '/front-door/protection/exceptions'],
  ['activity', '/activity'],
  ['something-is-wrong', '/wrong'],
  ['more', '/more'],
  ['history', '/more/history'],
] as const;

async function shoot(page: Page, name: string): Promise<void> {
  await waitUntil(async () => (await page.getByText('On its way …').count()) === 0);
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    for (const colorScheme of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate('window.scrollTo(0, 0)');
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(OUT, `${name}-${viewport.width}-${colorScheme}.png`) });
    }
  }
}

/** A key for a second caller, taken through the pages; its page is pictured on the way. */
async function makeKey(page: Page, console: string): Promise<void> {
  await page.goto(`${console}/front-door/keys/new`);
  await page.getByRole('combobox', { name: 'Who is it for?' }).fill('Till');
  await page.getByRole('checkbox', { name: /see orders/i }).check();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByText('It works from now on.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await shoot(page, 'key-shown-once');
}

async function walk(browser: Browser, console: string, printed: string, data: string): Promise<void> {
  const { page } = await openPage(browser, { viewport: { width: 1280, height: 860 }, locale: 'en-GB' });
  await page.goto(console);
  await page.getByLabel('Set-up code').waitFor();
  await shoot(page, 'set-up');
  await setUp(page, console, setupCode(printed));
  await page.getByRole('button', { name: 'Set up the extra step' }).click();
  await page.getByLabel('Six digits from your phone').waitFor();
  await shoot(page, 'extra-step');
  const token = readFileSync(join(data, 'gateway.token'), 'utf8').trim();
  const sent = await fetch(`${console}/api/gateway/events?gateway=made-up-day`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: `${madeUpDay(Date.now())}\n`,
  });
  if (!sent.ok) throw new Error(`the made-up day was not taken: ${await sent.text()}`);
  await watchAWeek(console, data);
  await makeKey(page, console);
  for (const [name, path] of PAGES) {
    await page.goto(`${console}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(600);
    await shoot(page, name);
  }
  await page.goto(`${console}/front-door`);
  await page.getByRole('link', { name: 'shop', exact: true }).click();
  await shoot(page, 'api');
  await page.getByRole('link', { name: /^Change the rule “POST \/api\/login”/ }).click();
  await page.getByLabel('Address of the call').waitFor();
  await shoot(page, 'rule');
  await page.goto(`${console}/activity?code=rate-limited`);
  await page
    .getByRole('region', { name: 'Calls' })
    .getByRole('link', { name: /Turned away/ })
    .first()
    .click();
  await page.getByText('What to do').waitFor();
  await shoot(page, 'turned-away');
  await page.goto(`${console}/activity/calls/${WATCHED_CALL}`);
  await page.getByText('Something that only watches').waitFor();
  await shoot(page, 'watched-call');
  await page.getByRole('button', { name: 'Let this through' }).click();
  await page.getByText('For how long?').waitFor();
  await shoot(page, 'let-this-through');
  await page.goto(`${console}/more`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').fill(OWNER.email);
  await shoot(page, 'sign-in');
}

const data = join(mkdtempSync(join(tmpdir(), 'nightlatch-screens-')), 'data');
const [consolePort, gatewayPort] = [await freePort(), await freePort()];
const addresses = ['--console', `127.0.0.1:${consolePort}`, '--gateway', `127.0.0.1:${gatewayPort}`];
const product = spawn(process.execPath, [join(ROOT, 'bin', 'nightlatch'), 'practice', '--data', data, ...addresses], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let printed = '';
product.stdout.setEncoding('utf8').on('data', (text: string) => {
  printed += text;
});
const browser = await launchBrowser();
try {
  await waitUntil(() => printed.includes('Ctrl-C stops both.'), 30_000);
  mkdirSync(OUT, { recursive: true });
  await walk(browser, `http://127.0.0.1:${consolePort}`, printed, data);
} finally {
  await browser.close();
  product.kill('SIGINT');
  await once(product, 'exit');
  rmSync(join(data, '..'), { recursive: true, force: true });
}
