import { onTestFinished } from 'vitest';
import { startPracticeShop } from '../../practice/server.ts';
import { installation, startBoth } from '../fixtures/installation.ts';
import { browserPage } from './browser.ts';
import { setUpAndGoIn, setupCode } from './owner.ts';

/** The whole product with nothing set up yet but its owner, who looks at the front door; a shop that could be connected. */
export async function ownerAtTheDoor(width = 1280) {
  const shop = await startPracticeShop();
  onTestFinished(() => shop.close());
  const at = await installation();
  const started = await startBoth(at);
  const watched = await browserPage({ viewport: { width, height: 900 } });
  const console = `http://127.0.0.1:${at.consolePort}`;
  await setUpAndGoIn(watched.page, console, setupCode(started.output().stdout));
  return { ...watched, console, shop, gateway: `http://127.0.0.1:${at.gatewayPort}` };
}
