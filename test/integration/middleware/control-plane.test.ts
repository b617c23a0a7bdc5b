import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { installation, startBoth } from '../../fixtures/installation.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startStack } from './stacks.ts';

it('takes its configuration from a control plane, follows it, and sends it the record', async () => {
  const at = await installation();
  await startBoth(at);
  const url = `http://127.0.0.1:${at.consolePort}`;
  const secretIn = (file: string) => readFileSync(join(at.data, file), 'utf8').trim();
  const headers = { Authorization: `Bearer ${secretIn('cli.token')}`, 'Content-Type': 'application/json' };
  const post = async <Answer>(path: string, body: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.status, path).toBeLessThan(300);
    return (await response.json()) as Answer;
  };
  const controlPlane = { url, token: secretIn('gateway.token') };
  const stack = await startStack('express', { controlPlane }, (_, response) => response.end('in'));
  expect((await fetch(`${stack.url}/x`)).status).toBe(404);
  const { service } = await post<{ service: { id: string } }>('/services', {
    name: 'a',
    upstream: 'http://127.0.0.1:9',
  });
  const route = { path: '/x', methods: ['GET'], auth: 'none', scopes: [], rateLimits: [], mode: 'enforce' };
  await post(`/services/${service.id}/routes`, route);
  await waitUntil(async () => (await (await fetch(`${stack.url}/x`)).text()) === 'in');
  const reference = (await fetch(`${stack.url}/x`)).headers.get('x-request-id');
  await waitUntil(async () => {
    const events = await (await fetch(`${url}/api/activity/events`, { headers })).text();
    return events.includes(String(reference));
  });
});
