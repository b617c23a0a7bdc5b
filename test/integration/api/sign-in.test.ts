import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../../src/contracts/api/account.ts';
import { Browser, OWNER, setUpOwner } from './browser.ts';
import { startTestApi, type TestApi } from './test-api.ts';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
let api: TestApi;
let owner: Browser;
beforeEach(async () => {
  api = await startTestApi();
  owner = await setUpOwner(api);
});
afterEach(() => api.close());

const failure = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

test('signing in again gives a new token and ends the session that the browser had', async () => {
  const before = owner.cookie ?? '';
  expect((await owner.signIn()).status).toBe(201);
  expect(owner.cookie).not.toBe(before);
  const old = await fetch(`${api.url}/api/sessions`, { headers: { cookie: before } });
  expect(await failure(old)).toEqual([401, 'sign-in-needed']);
  const { items } = await owner.json<{ items: Session[] }>(200, 'GET', '/api/sessions');
  expect(items).toHaveLength(1);
});

test('a wrong pass phrase and an unknown account get the same answer in about the same time', async () => {
  const attempt = async (email: string) => {
    const start = performance.now();
    const answer = await new Browser(api.url).call('POST', '/api/sessions', { email, passphrase: 'wrong words here' });
    const { reference, ...body } = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, body, reference, ms: performance.now() - start };
  };
  await attempt('warm@up.example');
  const known = await attempt(OWNER.email);
  const unknown = await attempt('nobody@bluedoor.example');
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
  expect(known).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } });
  // Without the comparison that costs the same, an unknown account would be answered some twenty times faster.
  expect(unknown.ms).toBeGreaterThan(known.ms / 4);
});

test('capital letters in the e-mail address do not matter', async () => {
  const answer = await owner.call('POST', '/api/sessions', { ...signInWith(OWNER.email.toUpperCase()) });
  expect(answer.status).toBe(201);
});

test('five failures pause the account, growing, and the right pass phrase waits too', async () => {
  const browser = new Browser(api.url);
  for (let run = 0; run < 5; run += 1) expect((await browser.signIn('wrong words here')).status).toBe(401);
  const paused = await browser.signIn();
  expect(paused.headers.get('retry-after')).toBe('30');
  expect(await failure(paused)).toEqual([429, 'sign-in-paused']);
  api.clock.advance(30 * SECOND);
  expect((await browser.signIn('wrong words here')).status).toBe(401);
  expect((await browser.signIn()).headers.get('retry-after')).toBe('60');
  api.clock.advance(60 * SECOND);
  expect((await browser.signIn()).status).toBe(201);
  expect((await browser.signIn('wrong words here')).status).toBe(401);
  expect((await browser.signIn()).status).toBe(201);
  const { items } = await owner.json<{ items: { action: string; detail: object }[] }>(200, 'GET', '/api/audit');
  const refusals = items.filter((entry) => entry.action === 'session.refuse');
  expect(refusals).toHaveLength(7);
  expect(refusals.map((entry) => entry.detail)).toContainEqual(expect.objectContaining({ pausedForSeconds: 30 }));
});

test('an unknown account pauses in the same way', async () => {
  const browser = new Browser(api.url);
  const attempt = () => browser.call('POST', '/api/sessions', signInWith('nobody@bluedoor.example'));
  for (let run = 0; run < 5; run += 1) expect((await attempt()).status).toBe(401);
  expect((await attempt()).headers.get('retry-after')).toBe('30');
});

test('an address that tries many accounts is paused', async () => {
  for (let run = 0; run < 10; run += 1) {
    const answer = await new Browser(api.url).call('POST', '/api/sessions', signInWith(`user${run}@bluedoor.example`));
    expect(answer.status).toBe(401);
  }
  expect(await failure(await new Browser(api.url).signIn())).toEqual([429, 'sign-in-paused']);
});

test('many attempts at once gain nothing', async () => {
  const attempts = Array.from({ length: 20 }, () => new Browser(api.url).signIn('wrong words here'));
  const statuses = (await Promise.all(attempts)).map((answer) => answer.status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
});

test('a clock set back does not shut the owner out', async () => {
  const browser = new Browser(api.url);
  for (let run = 0; run < 5; run += 1) await browser.signIn('wrong words here');
  api.clock.advance(-300 * DAY);
  expect((await browser.signIn()).status).toBe(201);
});

test('sessions are listed with their device, and can be ended', async () => {
  const phone = new Browser(api.url);
  const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1';
  await phone.call('POST', '/api/sessions', signInWith(OWNER.email), { 'user-agent': agent });
  const laptop = new Browser(api.url);
  await laptop.signIn();
  const list = async () => (await owner.json<{ items: Session[] }>(200, 'GET', '/api/sessions')).items;
  const sessions = await list();
  expect(sessions).toHaveLength(3);
  expect(sessions.filter((one) => one.current)).toHaveLength(1);
  const ofPhone = sessions.find((one) => one.device === 'Safari on iPhone');
  expect(ofPhone).toMatchObject({ address: '127.0.0.1', current: false });
  await owner.json(204, 'DELETE', `/api/sessions/${ofPhone?.id}`);
  expect((await phone.call('GET', '/api/sessions')).status).toBe(401);
  expect(await failure(await owner.call('DELETE', `/api/sessions/${ofPhone?.id}`))).toEqual([404, 'session-unknown']);
  await owner.json(204, 'DELETE', '/api/sessions');
  expect((await laptop.call('GET', '/api/sessions')).status).toBe(401);
  expect(await list()).toHaveLength(1);
});

test('signing out ends the session and takes the cookie back', async () => {
  const before = owner.cookie ?? '';
  await owner.json(204, 'DELETE', '/api/sessions/current');
  expect(owner.cookie).toBeNull();
  expect((await fetch(`${api.url}/api/sessions`, { headers: { cookie: before } })).status).toBe(401);
});

test('a session ends after 14 idle days, and after 90 days in any case', async () => {
  for (let day = 0; day < 6; day += 1) {
    api.clock.advance(13 * DAY);
    expect((await owner.call('GET', '/api/sessions')).status).toBe(200);
  }
  api.clock.advance(12 * DAY);
  expect((await owner.call('GET', '/api/sessions')).status).toBe(401);
  await owner.signIn();
  api.clock.advance(14 * DAY);
  expect((await owner.call('GET', '/api/sessions')).status).toBe(401);
});

test('changing the pass phrase needs the old one and ends all other sessions', async () => {
  const other = new Browser(api.url);
  await other.signIn();
  const change = (current: string, next: string) => owner.call('POST', '/api/account/passphrase', { current, next });
  const next = 'seven copper lanterns drifting';
  expect(await failure(await change('wrong words here', next))).toEqual([403, 'passphrase-wrong']);
  expect(await failure(await change(OWNER.passphrase, 'password12'))).toEqual([422, 'passphrase-weak']);
  expect((await change(OWNER.passphrase, next)).status).toBe(204);
  expect((await owner.call('GET', '/api/sessions')).status).toBe(200);
  expect((await other.call('GET', '/api/sessions')).status).toBe(401);
  expect((await other.signIn()).status).toBe(401);
  expect((await other.signIn(next)).status).toBe(201);
});

function signInWith(email: string) {
  return { email, passphrase: OWNER.passphrase };
}
