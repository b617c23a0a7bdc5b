import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiPlugin } from '../../../src/platform/http/api-plugin.ts';
import { startTestApi } from './test-api.ts';

/** A long poll that obeys `closing`, a request that takes a moment, and a stream that nobody ends. */
const slow: ApiPlugin = async (app) => {
  const schema = { summary: 'Slow', response: { 200: z.object({ ended: z.string() }) } };
  app.get('/api/poll', { config: { access: 'read' }, schema }, async () => {
    await new Promise((resolve) => app.closing.addEventListener('abort', resolve, { once: true }));
    return { ended: 'by closing' };
  });
  app.get('/api/work', { config: { access: 'read' }, schema }, async () => {
    await wait(300);
    return { ended: 'by itself' };
  });
  app.get('/api/stuck', { config: { access: 'read' }, schema }, (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
  });
};

test('closing ends long polls, lets work finish, and does not wait for ever', async () => {
  const api = await startTestApi({ plugins: () => [slow] });
  const stuck = await api.fetch('/api/stuck');
  const reading = stuck.text().then(
    () => 'ended',
    () => 'cut off',
  );
  const answers = ['/api/poll', '/api/work'].map(async (path) => (await api.fetch(path)).json());
  await wait(100);
  const start = performance.now();
  const closed = api.close();
  expect(await Promise.all(answers)).toEqual([{ ended: 'by closing' }, { ended: 'by itself' }]);
  expect(performance.now() - start).toBeLessThan(1_500);
  await closed;
  expect(performance.now() - start).toBeLessThan(4_000);
  expect(await reading).toBe('cut off');
});
