import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { basic, credentialsShop, key, narrowKey, otherKey } from './credentials-shop.ts';

type Case = {
  name: string;
  path: string;
  authorization?: string;
  apiKey?: string;
  clientCert?: string;
  certificate?: string;
  says?: Record<string, unknown>;
  status: number;
  code: string;
  detail?: string;
};

const cases = parse(readFileSync(new URL('testdata/forged-credentials.yaml', import.meta.url), 'utf8')) as Case[];

it('no forged or misused credential comes through, and what is wrong stands in the record alone', async () => {
  expect(cases).toHaveLength(54);
  const { calls, config, introspection, issuer, call, active } = await credentialsShop();
  const hash = config.consumers[0]?.basic?.[0]?.passwordHash ?? '';
  const forged = `${issuer.token().slice(0, issuer.token().lastIndexOf('.'))}.${issuer.token({ sub: 'eve' }).split('.')[2]}`;
  const filled = (text: string) =>
    text
      .replace('<hash>', hash)
      .replace(/<basic:([^:]*):(.*)>/, (_, user: string, password: string) => basic(user, password).Authorization)
      .replace(/<hex:(.*)>/, (_, hex: string) => Buffer.from(hex, 'hex').toString('base64'))
      .replace('<long>', Buffer.from(`till:${'x'.repeat(1024)}`).toString('base64'))
      .replace('<narrow-key>', narrowKey.secret)
      .replace('<other-key>', otherKey.secret)
      .replace('<key>', key.secret)
      .replace('<jwt>', issuer.token())
      .replace('<jwt-forged>', forged)
      .replace(/<token:(.*)>/, 'token-$1');
  const answers = new Map<string, string>();
  for (const one of cases) {
    const name = /<token:(.*)>/.exec(one.authorization ?? '')?.[1];
    if (name !== undefined) introspection.tokens[`token-${name}`] = { ...active, ...one.says };
    const headers = {
      ...(one.authorization === undefined ? {} : { Authorization: filled(one.authorization) }),
      ...(one.apiKey === undefined ? {} : { 'X-API-Key': filled(one.apiKey) }),
      ...(one.clientCert === undefined ? {} : { 'X-SSL-Client-DN': one.clientCert, 'Client-Cert': one.clientCert }),
    };
    const answer = await call(one.path, headers, one.certificate);
    expect([one.name, answer.status, answer.code]).toEqual([one.name, one.status, one.code]);
    const event = calls().at(-1);
    expect(event, one.name).toMatchObject({ code: one.code, consumer: one.code === 'scope-missing' ? 'till' : null });
    if (one.detail !== undefined)
      expect(JSON.stringify(event?.decisions), one.name).toContain(JSON.stringify(one.detail).slice(1, -1));
    // Whatever was wrong, the same code gives the same words.
    const words = answer.body.replace(/"reference":"[^"]*"/, '');
    expect(answers.get(one.code) ?? words, one.name).toBe(words);
    answers.set(one.code, words);
    if (one.status === 401) expect(answer.headers['www-authenticate'], one.name).toMatch(/^(Basic|Bearer) realm=/);
  }
  expect(introspection.asked).not.toContain(forged);
  const record = JSON.stringify(calls());
  for (const secret of [key.secret, hash, 'made-up', 'token-ann', 'battery']) expect(record).not.toContain(secret);
});
