import { expect, test } from 'vitest';
import { installed } from './installed.ts';

test('webhooks survive import and export, with where their secrets are', async () => {
  const { plane } = await installed();
  const yaml = `version: 1
services:
  - name: shop
    upstream: http://127.0.0.1:3000
    routes:
      - match: { path: /hook }
        auth: { any: ["webhook:stripe", apiKey] }
webhooks:
  stripe: { secrets: [{ file: /nowhere/at-all }] }
`;
  const { status, body } = await plane.call('PUT', '/api/config', { yaml });
  expect(status).toBe(200);
  expect(body.change).toMatchObject({ live: false, reason: expect.stringContaining('/nowhere/at-all') });
  const exported = await plane.exportYaml();
  expect(exported).toContain('webhook:stripe');
  expect(exported).toContain('/nowhere/at-all');
});
