import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fixedKeys } from './key-set.ts';
import { ISSUER, judgeFor, KEY_SET, makeToken, NOW, type Recipe } from './testdata/token-maker.ts';

type Forged = Recipe & { name: string; detail: string };
const forged = parse(readFileSync(new URL('testdata/forged-tokens.yaml', import.meta.url), 'utf8')) as Forged[];

describe('forged tokens', () => {
  it('are many', () => expect(forged.length).toBeGreaterThanOrEqual(25));

  it.each(forged)('$name', async ({ detail, ...recipe }) => {
    const tokens = judgeFor();
    const token = makeToken(recipe);
    expect(await tokens.judge(token, NOW)).toEqual({ kind: 'bad', detail });
    expect(tokens.find(token, NOW)).toBeNull();
  });

  it('do not pass by any change of one character, by cutting, or by what stands around them', async () => {
    const good = [makeToken(), makeToken({ header: { alg: 'RS256', kid: 'rsa' }, sign: 'rsa' })];
    const tokens = judgeFor();
    for (const token of good) expect((await tokens.judge(token, NOW)).kind).toBe('good');
    const mutation = fc.record({
      token: fc.constantFrom(...good),
      at: fc.nat(),
      put: fc.oneof(fc.constantFrom('', '.', '=', '-', '_', 'A', 'B', 'w', '0'), fc.string({ maxLength: 3 })),
      take: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ token, at, put, take }) => {
        const place = at % (token.length + 1);
        const mutated = token.slice(0, place) + put + token.slice(place + take);
        fc.pre(!good.includes(mutated));
        expect(tokens.find(mutated, NOW)).toBeNull();
        expect((await tokens.judge(mutated, NOW)).kind).toBe('bad');
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('good tokens', () => {
  it('make a caller with scopes and attributes, and one that the record knows by a pseudonym', async () => {
    const claims = { scope: 'orders:read  "no" orders:write', customer_id: 42, aud: ['other', 'phone'] };
    const verdict = await judgeFor().judge(makeToken({ claims }), NOW);
    expect(verdict).toMatchObject({
      kind: 'good',
      forward: false,
      caller: {
        consumer: 'ann',
        keyId: null,
        issuer: ISSUER,
        attributes: { customerId: '42' },
        limitKey: `${ISSUER} ann`,
        identityHeaders: ['X-Consumer', 'ann', 'X-Scopes', 'orders:read orders:write'],
        eventCaller: expect.stringMatching(/^"consumer":"jwt:[0-9a-f]{16}","key":null$/),
      },
    });
    if (verdict.kind === 'good') expect([...verdict.caller.scopes]).toEqual(['orders:read', 'orders:write']);
  });

  it('are recorded by the claim where the configuration says so; scopes may be a list', async () => {
    const verdict = await judgeFor({ record: 'claim' }).judge(makeToken({ claims: { scope: ['a', 7, 'b c'] } }), NOW);
    expect(verdict).toMatchObject({ kind: 'good', caller: { eventCaller: '"consumer":"ann","key":null' } });
    if (verdict.kind === 'good') expect([...verdict.caller.scopes]).toEqual(['a']);
  });

  it('are remembered until they expire, with the tolerance', async () => {
    const tokens = judgeFor();
    const token = makeToken();
    expect(tokens.find(token, NOW)).toBeNull();
    await tokens.judge(token, NOW);
    expect(tokens.find(token, NOW + 329_000)).toMatchObject({ caller: { consumer: 'ann' } });
    expect(tokens.find(token, NOW + 330_000)).toBeNull();
    expect(await tokens.judge(token, NOW + 330_000)).toEqual({ kind: 'bad', detail: 'expired' });
  });

  it('are verified again when the keys of their issuer have changed', async () => {
    const keys = { ...fixedKeys(KEY_SET), generation: 0 };
    const tokens = judgeFor({ keys });
    const token = makeToken();
    await tokens.judge(token, NOW);
    expect(tokens.find(token, NOW)).not.toBeNull();
    Object.assign(keys, fixedKeys({ keys: [] }), { generation: 1 });
    expect(tokens.find(token, NOW)).toBeNull();
    expect(await tokens.judge(token, NOW)).toEqual({ kind: 'bad', detail: 'the issuer has no such key' });
  });
});
