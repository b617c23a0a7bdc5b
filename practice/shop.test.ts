import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readWeaknesses } from './ground-truth.ts';
import { ROUTES } from './routes/all.ts';
import { CHAT_PATH } from './routes/chat.ts';
import { type PracticeShop, type PracticeShopOptions, startPracticeShop } from './server.ts';
import { runTraffic } from './traffic.ts';

const open: PracticeShop[] = [];
async function shopWith(options: PracticeShopOptions = {}): Promise<PracticeShop> {
  const shop = await startPracticeShop(options);
  open.push(shop);
  return shop;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((shop) => shop.close()));
});

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
async function command(...args: string[]): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}

describe('where the shop can be reached', () => {
  it('is not there on any other address of this computer', async () => {
    const shop = await shopWith();
    const { port } = new URL(shop.url);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    // 127.0.0.2 is this computer too, so there is something to try even without a network.
    for (const address of [...others, '127.0.0.2']) {
      await expect(fetch(`http://${address}:${port}/`, { signal: AbortSignal.timeout(2000) })).rejects.toThrow();
    }
    expect((await fetch(shop.url)).status).toBe(200);
  });

  it('fetches from nowhere but itself, however the address is written', async () => {
    const shop = await shopWith();
    let knocks = 0;
    const neighbour = createServer((socket) => {
      knocks += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(neighbour, 'listening');
    const address = neighbour.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const own = new URL(shop.url).port;
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://127.0.0.1:${own}@127.0.0.1:${port}/`,
      `https://127.0.0.1:${own}/`,
      'http://169.254.169.254/latest/',
      'file:///etc/hostname',
    ]) {
      const answer = await fetch(`${shop.url}/api/webhooks/test`, { method: 'POST', body: JSON.stringify({ url }) });
      expect(answer.status, url).toBe(422);
    }
    expect(knocks).toBe(0);
    neighbour.close();
  });
});

describe('the command', () => {
  it.each([
    [['--host', '0.0.0.0'], 2, '127.0.0.1 only'],
    [['--port', 'http'], 2, '--port needs a number'],
    [['--colour'], 2, '--colour'],
    [['--port', '0', '--without', 'no-such-weakness'], 1, 'no weakness called "no-such-weakness"'],
  ])('%j ends with %i and says why', async (args, code, words) => {
    const ended = await command(...args);
    expect(ended.code).toBe(code);
    expect(ended.errors).toContain(words);
  });

  it('says in a plain sentence that the port is taken', async () => {
    const shop = await shopWith();
    const ended = await command('--port', new URL(shop.url).port);
    expect(ended).toMatchObject({ code: 1, errors: expect.stringContaining('is taken by another program') });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('prints its address as JSON, serves, and stops on %s', async (signal) => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    // An open stream must not keep the shop from closing.
    const stream = await fetch(`${url}/api/orders/stream`);
    expect(stream.status).toBe(200);
    child.kill(signal);
    expect(await closed).toEqual([0, null]);
    await expect(stream.text()).rejects.toThrow();
  });
});

it('keeps its data in a folder, and a new folder gets the seed', async () => {
  const data = await mkdtemp(join(tmpdir(), 'practice-shop-'));
  try {
    const rename = { method: 'PATCH', body: JSON.stringify({ priceCents: 1234 }) };
    const first = await startPracticeShop({ data });
    const login = await fetch(`${first.url}/api/login`, {
      method: 'POST',
      body: JSON.stringify({ email: 'marina.holt.1@example.com', password: 'blue-harbour-demo' }),
    });
    const { token } = (await login.json()) as { token: string };
    await fetch(`${first.url}/api/products/1`, { ...rename, headers: { authorization: `Bearer ${token}` } });
    await first.close();
    const second = await shopWith({ data });
    expect(await (await fetch(`${second.url}/api/products/1`)).json()).toMatchObject({ priceCents: 1234 });
    expect(await (await fetch(`${second.url}/v1/customers`)).json()).toHaveLength(40);
    expect(((await (await fetch(`${second.url}/api/orders`)).json()) as { orders: [] }).orders).toHaveLength(120);
  } finally {
    await Promise.all(open.splice(0).map((shop) => shop.close()));
    await rm(data, { recursive: true });
  }
});

it('describes every door of the API in openapi.yaml, or owns up to it in weaknesses.yaml', () => {
  const source = readFileSync(new URL('./openapi.yaml', import.meta.url), 'utf8');
  const description = parse(source) as { paths: Record<string, Record<string, unknown>> };
  const described = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => method !== 'parameters')
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  const shadow = readWeaknesses().flatMap((weakness) => (weakness.shadow ? weakness.where : []));
  const doors = ROUTES.map(({ method, path }) => `${method} ${path}`).filter((door) => / \/(api|v1)\//.test(door));
  expect([...described, ...shadow].sort()).toEqual([...doors, `GET ${CHAT_PATH}`].sort());
});

describe('practice traffic', () => {
  it('gets honest answers from the weak shop and from the hardened one', async () => {
    for (const hardened of [false, true]) {
      const { url } = await shopWith({ hardened });
      const { sent, byStatus } = await runTraffic({ base: url, rate: 150, seconds: 2 });
      expect(sent).toBeGreaterThan(100);
      expect(Object.keys(byStatus).sort(), `hardened: ${hardened}`).toEqual(['200', '201']);
    }
  });

  it('brings the attacks too when asked, and stops when told', async () => {
    const { url } = await shopWith();
    const stop = new AbortController();
    const attacks: string[] = [];
    const done = await runTraffic(
      {
        base: url,
        rate: 100,
        seconds: 30,
        attacks: true,
        onAttack: (name) => {
          attacks.push(name);
          setTimeout(() => stop.abort(), 500);
        },
      },
      stop.signal,
    );
    expect(attacks).toEqual(['guessing a password']);
    expect(done.byStatus['401']).toBeGreaterThan(4);
  });

  it.each([
    'http://192.0.2.1/',
    'https://127.0.0.1/',
    'http://localhost.example/',
    'http://127.0.0.1@192.0.2.1/',
    'shop',
  ])('does not go to %s', async (base) => {
    await expect(runTraffic({ base, seconds: 1 })).rejects.toThrow('not an address on this computer');
  });
});
