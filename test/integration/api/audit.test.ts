import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test('an empty log is whole', async () => {
  const answer = await api.fetch('/api/audit/verify');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ intact: true, entries: 0, firstBroken: null });
});
