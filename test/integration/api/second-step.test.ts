import { generateSync } from 'otplib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Account, ConsoleState, RecoveryCodes, TotpOffer } from '../../../src/contracts/api/account.ts';
import { Browser, OWNER, setUpOwner } from './browser.ts';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let owner: Browser;
let secret: string;
let codes: string[];
beforeEach(async () => {
  api = await startTestApi();
  owner = await setUpOwner(api);
  ({ secret } = await owner.json<TotpOffer>(200, 'POST', '/api/account/totp'));
  ({ codes } = await owner.json<RecoveryCodes>(200, 'POST', '/api/account/totp/confirm', { code: appCode() }));
  api.clock.advance(STEP);
});
afterEach(() => api.close());

const STEP = 30_000;
const appCode = (shift = 0) => generateSync({ secret, epoch: Math.floor((api.clock.now() + shift) / 1000) });
const signIn = (code?: string) => new Browser(api.url).signIn(OWNER.passphrase, code);
const failure = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const account = async () => (await owner.json<ConsoleState>(200, 'GET', '/api/state')).account as Account;

test('the offer can be typed, followed and scanned', async () => {
  await owner.json(204, 'DELETE', '/api/account/totp', { passphrase: OWNER.passphrase });
  const offer = await owner.json<TotpOffer>(200, 'POST', '/api/account/totp');
  expect(offer.secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(offer.uri).toMatch(/^otpauth:\/\/totp\/Nightlatch%20Blue%20Door%20Bakery:/);
  expect(offer.uri).toContain(`secret=${offer.secret}`);
  expect(offer.qrSvg).toMatch(/^<svg .*<\/svg>\s*$/s);
  expect(offer.qrSvg).not.toContain('style=');
});

test('an offer that nobody confirmed asks for nothing', async () => {
  await owner.json(204, 'DELETE', '/api/account/totp', { passphrase: OWNER.passphrase });
  await owner.json(200, 'POST', '/api/account/totp');
  expect(await failure(await owner.call('POST', '/api/account/totp/confirm', { code: '000000' }))).toEqual([
    401,
    'second-step-wrong',
  ]);
  expect((await signIn()).status).toBe(201);
});

test('sign-in asks for a code and takes it', async () => {
  expect(await account()).toMatchObject({ totpEnabled: true, recoveryCodesLeft: 10 });
  expect(await failure(await signIn())).toEqual([401, 'second-step-needed']);
  expect(await failure(await signIn('123456'))).toEqual([401, 'second-step-wrong']);
  expect((await signIn(appCode())).status).toBe(201);
});

test('a code is accepted once, also when two use it at the same moment', async () => {
  const answers = await Promise.all([signIn(appCode()), signIn(appCode())]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401]);
  expect((await signIn(appCode())).status).toBe(401);
  api.clock.advance(STEP);
  expect((await signIn(appCode())).status).toBe(201);
});

test('the code that confirmed the set-up does not sign in', async () => {
  expect((await signIn(appCode(-STEP))).status).toBe(401);
});

test.each([
  [-2, 401],
  [-1, 201],
  [1, 201],
  [2, 401],
])('a code %i steps off is answered with %i', async (steps, status) => {
  api.clock.advance(5 * STEP);
  expect((await signIn(appCode(steps * STEP))).status).toBe(status);
});

test('each recovery code works once, however it is typed', async () => {
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  const [first = '', second = ''] = codes;
  expect((await signIn(first)).status).toBe(201);
  expect((await signIn(first)).status).toBe(401);
  expect((await signIn(` ${second.toLowerCase().replaceAll('-', '')} `)).status).toBe(201);
  expect(await account()).toMatchObject({ recoveryCodesLeft: 8 });
});

test('new recovery codes make the old ones void', async () => {
  const renewed = await owner.json<RecoveryCodes>(200, 'POST', '/api/account/recovery-codes');
  expect((await signIn(codes[0])).status).toBe(401);
  expect((await signIn(renewed.codes[0])).status).toBe(201);
});

test('guessing codes is paused like guessing pass phrases; a missing code is no guess', async () => {
  for (let run = 0; run < 8; run += 1) expect((await signIn()).status).toBe(401);
  for (let run = 0; run < 5; run += 1) expect((await signIn('000000')).status).toBe(401);
  expect((await signIn(appCode())).status).toBe(429);
});

test('removing it needs the pass phrase', async () => {
  const remove = (passphrase: string) => owner.call('DELETE', '/api/account/totp', { passphrase });
  expect(await failure(await remove('wrong words here'))).toEqual([403, 'passphrase-wrong']);
  expect((await signIn()).status).toBe(401);
  expect((await remove(OWNER.passphrase)).status).toBe(204);
  expect((await signIn()).status).toBe(201);
  expect(await account()).toMatchObject({ totpEnabled: false, recoveryCodesLeft: 0 });
});

test('the secret lies encrypted in the database', async () => {
  const copy = `${api.folder}/copy.db`;
  await api.database.copyTo(copy);
  const { readFileSync } = await import('node:fs');
  const bytes = readFileSync(copy).toString('latin1');
  expect(bytes).toContain(OWNER.email);
  for (const secretText of [secret, codes[0] ?? '', owner.cookie?.split('=')[1] ?? '', OWNER.passphrase]) {
    expect(secretText.length).toBeGreaterThan(10);
    expect(bytes).not.toContain(secretText);
  }
});
