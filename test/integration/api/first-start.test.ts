import { afterEach, beforeEach, expect, test } from 'vitest';
import { Browser, OWNER, setUpOwner } from './browser.ts';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

const state = (browser: Browser) => browser.json(200, 'GET', '/api/state');

test('before the set-up, the state says so and tells nothing else', async () => {
  expect(await state(new Browser(api.url))).toEqual({
    needsSetup: true,
    businessName: null,
    account: null,
    csrf: null,
    practice: false,
    version: '0.0.0-test',
  });
});

test('the printed code makes the owner, signs in, and works once', async () => {
  const browser = new Browser(api.url);
  const code = await api.accounts.firstStart.offerCode();
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const typed = code?.toLowerCase().replaceAll('-', ' ');
  const answer = await browser.call('POST', '/api/setup', { code: typed, ...OWNER });
  expect(answer.status).toBe(201);
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^nightlatch_session=nls_\w{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const { account, csrf } = (await answer.json()) as { account: object; csrf: string };
  expect(account).toMatchObject({ email: OWNER.email, role: 'owner', totpEnabled: false, recoveryCodesLeft: 0 });
  expect(await state(browser)).toMatchObject({ needsSetup: false, businessName: OWNER.businessName, account, csrf });
  const again = await new Browser(api.url).call('POST', '/api/setup', { code, ...OWNER });
  expect([again.status, await again.json()]).toMatchObject([409, { code: 'setup-done' }]);
  expect(await api.accounts.firstStart.offerCode()).toBeNull();
});

test('two set-ups at the same moment make one owner', async () => {
  const code = await api.accounts.firstStart.offerCode();
  const both = [OWNER, { ...OWNER, email: 'eve@elsewhere.example' }].map((owner) =>
    new Browser(api.url).call('POST', '/api/setup', { code, ...owner }),
  );
  const statuses = (await Promise.all(both)).map((answer) => answer.status);
  expect(statuses.sort()).toEqual([201, 409]);
});

test('a wrong code is refused, and after ten the right one too until the next start', async () => {
  const browser = new Browser(api.url);
  const code = await api.accounts.firstStart.offerCode();
  for (let run = 0; run < 10; run += 1) {
    const answer = await browser.call('POST', '/api/setup', { ...OWNER, code: 'AAAA-AAAA-AAAA' });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'setup-code-wrong' }]);
  }
  const spent = await browser.call('POST', '/api/setup', { ...OWNER, code });
  expect([spent.status, await spent.json()]).toMatchObject([429, { code: 'setup-code-spent' }]);
  const fresh = await api.accounts.firstStart.offerCode();
  expect((await browser.call('POST', '/api/setup', { ...OWNER, code: fresh })).status).toBe(201);
});

test.each([
  ['password1234', 'similarToCommon'],
  ['zq9 vk2', 'tooShort'],
  ['bluedoor blossom crane tub', 'userInputs'],
  ['a bakery of seven green lamps', 'userInputs'],
  ['nightlatch copper wagon tulip', 'userInputs'],
])('the pass phrase %j is refused: %s', async (passphrase, advice) => {
  const code = await api.accounts.firstStart.offerCode();
  const browser = new Browser(api.url);
  const answer = await browser.call('POST', '/api/setup', { ...OWNER, code, passphrase });
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { code: 'passphrase-weak', faults: [{ place: 'body/passphrase', message: advice }] },
  ]);
  expect(await state(browser)).toMatchObject({ needsSetup: true });
});

test('a pass phrase can be judged before it is chosen, by those who may choose one', async () => {
  const check = (browser: Browser, passphrase: string) =>
    browser.call('POST', '/api/passphrase-check', { passphrase, email: OWNER.email });
  const stranger = new Browser(api.url);
  expect(await (await check(stranger, OWNER.passphrase)).json()).toEqual({ acceptable: true, score: 4, advice: null });
  expect(await (await check(stranger, 'qwertyuiop')).json()).toMatchObject({ acceptable: false });
  expect(await (await check(stranger, 'anna and three purple kites')).json()).toMatchObject({ advice: 'userInputs' });
  const owner = await setUpOwner(api);
  expect((await check(owner, OWNER.passphrase)).status).toBe(200);
  expect((await check(stranger, OWNER.passphrase)).status).toBe(401);
});

test('faults of the input come with their places', async () => {
  const browser = new Browser(api.url);
  const answer = await browser.call('POST', '/api/setup', { ...OWNER, code: 'x', email: 'nobody', extra: 1 });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await answer.json()) as { faults: { place: string }[] };
  expect(body).toMatchObject({ status: 400, code: 'input-invalid' });
  expect(body.faults.map((fault) => fault.place)).toEqual(expect.arrayContaining(['body/email', 'body']));
});
