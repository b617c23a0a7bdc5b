import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiServer } from '../../../src/api/server.ts';
import type { ApiPlugin } from '../../../src/platform/http/api-plugin.ts';
import { CLI_TOKEN, GATEWAY_TOKEN, startTestApi, type TestApi } from './test-api.ts';

type Operation = { summary?: string; responses: Record<string, { description: string }>; requestBody?: unknown };
type Description = { openapi: string; paths: Record<string, Record<string, Operation>> };

let api: TestApi;
let description: Description;
beforeAll(async () => {
  api = await startTestApi();
  description = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Description;
});
afterAll(() => api.close());

test('is valid OpenAPI 3.1', async () => {
  expect(description.openapi).toBe('3.1.0');
  expect(await new Validator().validate(structuredClone(description))).toMatchObject({ valid: true });
});

test('describes every operation with a summary, its answer and the problem body', () => {
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThanOrEqual(18);
  for (const operation of operations) {
    expect(operation.summary).toMatch(/^[A-Z].{3,}/);
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
    for (const answer of Object.values(operation.responses)) expect(answer.description).not.toBe('Default Response');
  }
});

test('knows the body of a request', () => {
  expect(description.paths['/api/sessions']?.post?.requestBody).toMatchObject({ required: true });
});

const answer = { summary: 'Something', response: { 200: z.string() } };
test.each<[string, ApiPlugin]>([
  ['no access', async (app) => void app.get('/api/x', { schema: answer }, () => 'x')],
  ['no description', async (app) => void app.get('/api/x', { config: { access: 'read' } }, () => 'x')],
])('a route with %s does not start', async (_, plugin) => {
  const { accounts, logger } = api;
  const options = { accounts, logger, version: '0', practice: false, gatewayToken: GATEWAY_TOKEN, cliToken: CLI_TOKEN };
  await expect(createApiServer({ ...options, plugins: [plugin] })).rejects.toThrow('/api/x');
});
