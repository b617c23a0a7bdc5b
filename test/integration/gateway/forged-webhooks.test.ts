import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  bodyFor,
  FORM_BODY,
  JSON_BODY,
  SIGNATURE_FIELD,
  send,
  sign,
  typeFor,
  type VendorName,
} from './signed-webhooks.ts';
import { key, webhookShop } from './webhook-shop.ts';

type Forged = {
  vendor: VendorName;
  name: string;
  secret?: string;
  age?: number;
  body?: string;
  chunked?: boolean;
  type?: string;
  signature?: [string, string];
  without?: string[];
  with?: [string, string][];
  code?: string;
  detail?: string;
};

const forged = parse(readFileSync(new URL('testdata/forged-webhooks.yaml', import.meta.url), 'utf8')) as Forged[];

/** What is sent instead of the body that was signed. */
const OTHER_BODIES: Record<string, (body: string) => string | Buffer> = {
  changed: (body) => body.replace('1', '2'),
  reserialised: () => JSON.stringify(JSON.parse(JSON_BODY)),
  'line-break': (body) => `${body}\n`,
  empty: () => '',
  gzip: (body) => gzipSync(body),
  ping: () => 'webhook_id=7',
  recut: (body) => body.replace('mandrill_events=', 'mandrill=_events'),
  'more-fields': (body) => `${body}&`.concat('admin=1'),
  twice: () => `${FORM_BODY}&mandrill_events=`,
  'no-text': (body) => Buffer.concat([Buffer.from(body), Buffer.from([0xff])]),
};

describe('forged webhooks', () => {
  it('stand in a whole table', () => expect(forged).toHaveLength(68));

  it('are refused, one and all, with nothing said about what is wrong, and none reaches the application', async () => {
    const { gateway, bodies } = await webhookShop();
    const texts = new Map<string, Set<string>>();
    for (const one of forged) {
      const genuine = bodyFor(one.vendor);
      const seconds = Math.floor(Date.now() / 1000) - (one.age ?? 0);
      const fields = await sign(one.vendor, genuine, {
        seconds,
        ...(one.secret === undefined ? {} : { secret: one.secret }),
      });
      const body = one.body === undefined ? genuine : (OTHER_BODIES[one.body]?.(genuine) ?? '');
      const how = { type: one.type ?? typeFor(one.vendor), ...(one.chunked === true ? { chunked: true } : {}) };
      const reply = await send(`${gateway.url}/${one.vendor}`, forge(one, fields), body, how);
      const code = one.code ?? 'webhook-invalid';
      expect({ name: one.name, ...reply }).toMatchObject({ name: one.name, status: 401, code });
      texts.set(code, (texts.get(code) ?? new Set()).add(reply.text.replace(/"reference":"[^"]*"/, '')));
      const event = gateway.events().at(-1);
      const decision = {
        policy: 'authenticate',
        decision: 'deny',
        code,
        ...(one.detail === undefined ? {} : { detail: one.detail }),
      };
      expect(event, one.name).toMatchObject({ consumer: null, decisions: expect.arrayContaining([decision]) });
    }
    expect([...texts].map(([code, words]) => [code, words.size])).toEqual([
      ['webhook-invalid', 1],
      ['webhook-unsigned', 1],
    ]);
    expect(bodies).toEqual([]);
  });
});

function forge(one: Forged, fields: [string, string][]): [string, string][] {
  const signature = fields.find(([name]) => name === SIGNATURE_FIELD[one.vendor])?.[1] ?? '';
  const bare = signature.replace(/^.*?(v1=|v1,|sha256=)/, '');
  const bytes = /^[0-9a-f]{64}$/.test(bare) ? Buffer.from(bare, 'hex') : Buffer.from(bare, 'base64');
  const now = Math.floor(Date.now() / 1000);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = alphabet.indexOf(bare.replace(/=+$/, '').at(-1) ?? '');
  const words: Record<string, string> = {
    ...{ now: `${now}`, later: `${now + 1}`, signature, key: key.secret, upper: bare.toUpperCase() },
    ...{ zeros: '0'.repeat(64), ones: '1'.repeat(64), many: `v1=${'0'.repeat(64)},`.repeat(30) },
    ...{ base64: bytes.toString('base64'), url64: bytes.toString('base64url'), hex: bytes.toString('hex') },
    sibling: alphabet[last ^ 1] ?? '',
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '');
  const [pattern, put] = one.signature ?? ['(?!)', ''];
  return [
    ...fields
      .filter(([name]) => one.without?.includes(name.toLowerCase()) !== true)
      .map(([name, value]): [string, string] =>
        name === SIGNATURE_FIELD[one.vendor] ? [name, value.replace(new RegExp(pattern), fill(put))] : [name, value],
      ),
    ...(one.with ?? []).map(([name, value]): [string, string] => [name, fill(value)]),
  ];
}
