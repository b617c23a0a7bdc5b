import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createApiKey, hashApiKey } from '../../src/platform/api-key.ts';
import type { Installed } from '../fixtures/installation.ts';
import { waitUntil } from '../fixtures/wait-until.ts';

const asCommandLine = (at: Installed) => ({
  authorization: `Bearer ${readFileSync(join(at.data, 'cli.token'), 'utf8').trim()}`,
});

/**
 * Brings in a shop with one rule, for new orders, and one consumer; returns the consumer's key.
 *
 * @param more what the rule says beside its path, as YAML's flow style
 */
export async function bringInShop(at: Installed, upstream: string, more = ''): Promise<string> {
  const key = createApiKey();
  const yaml = `
version: 1
services:
  - name: shop
    upstream: ${upstream}
    routes:
      - { match: { path: /orders, methods: [POST] }${more === '' ? '' : `, ${more}`} }
consumers:
  - name: web-shop
    keys: [{ id: k_web, hash: "sha256:${hashApiKey(key)}" }]
`;
  const answer = await fetch(`http://127.0.0.1:${at.consolePort}/api/config`, {
    method: 'PUT',
    headers: { ...asCommandLine(at), 'content-type': 'application/json' },
    body: JSON.stringify({ yaml }),
  });
  expect(answer.status, await answer.text()).toBe(200);
  return key;
}

/** Waits until the call with this reference is in the record. */
export async function recorded(at: Installed, reference: string): Promise<void> {
  const url = `http://127.0.0.1:${at.consolePort}/api/activity/events/${reference}`;
  await waitUntil(async () => (await fetch(url, { headers: asCommandLine(at) })).ok, 10_000);
}
