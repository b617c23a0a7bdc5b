import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { startGateway } from './start-gateway.ts';

type Span = readonly [fromMs: number, toMs: number];
type Case = {
  method: 'GET' | 'POST';
  /** When the upstream closes a silent connection, and how long each caller waits between two requests. */
  idle: Span;
  gap: Span;
  /** The upstream says `Keep-Alive: timeout=5`. */
  hint: boolean;
  callers: number;
  rounds: number;
  /** A connection that breaks under a POST may fail it; twice it never arrives. */
  mayFail: boolean;
};

const NODE_DEFAULT = [4_500, 5_500] as const;
const OUR_OWN = [3_500, 4_500] as const;
const ANY_TIME = [0, 1_500] as const;

const CASES: readonly Case[] = [
  { method: 'GET', idle: NODE_DEFAULT, gap: NODE_DEFAULT, hint: false, callers: 1_250, rounds: 8, mayFail: false },
  { method: 'POST', idle: NODE_DEFAULT, gap: NODE_DEFAULT, hint: false, callers: 1_250, rounds: 8, mayFail: false },
  { method: 'POST', idle: NODE_DEFAULT, gap: NODE_DEFAULT, hint: true, callers: 100, rounds: 8, mayFail: false },
  // Upstream and gateway give up the same silent connections at the same time.
  { method: 'GET', idle: OUR_OWN, gap: OUR_OWN, hint: false, callers: 100, rounds: 8, mayFail: false },
  // An upstream that closes whenever it likes.
  { method: 'GET', idle: ANY_TIME, gap: ANY_TIME, hint: false, callers: 50, rounds: 30, mayFail: false },
  { method: 'POST', idle: ANY_TIME, gap: ANY_TIME, hint: false, callers: 50, rounds: 30, mayFail: true },
];

const MOST_LAG_MS = 1_000;

const within = ([from, to]: Span): number => from + Math.random() * (to - from);

/** Counts how often each request reached it, and how often it closed a silent connection. */
async function closingUpstream({ idle, hint }: Case) {
  const seen = new Map<string, number>();
  const closings = new Map<Socket, NodeJS.Timeout>();
  let closed = 0;
  const server = createServer({ keepAliveTimeout: hint ? 5_000 : 0 }, (incoming, response) => {
    const { socket } = incoming;
    clearTimeout(closings.get(socket));
    const id = String(incoming.headers['x-test-id']);
    seen.set(id, (seen.get(id) ?? 0) + 1);
    const close = () => {
      closed++;
      socket.destroy();
    };
    incoming.resume().on('end', () => {
      response.end('ok');
      closings.set(socket, setTimeout(close, within(idle)));
    });
  });
  server.on('connection', (socket: Socket) =>
    socket.once('close', () => {
      clearTimeout(closings.get(socket));
      closings.delete(socket);
    }),
  );
  server.listen(0, '127.0.0.1', 2_048);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, closed: () => closed };
}

async function run(one: Case) {
  const upstream = await closingUpstream(one);
  const gateway = await startGateway({
    server: { limits: { connectionsPerAddress: 5_000 } },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
  });
  const agent = new Agent({ connections: one.callers, pipelining: 1, keepAliveTimeout: 20_000 });
  onTestFinished(() => agent.destroy());
  const faults = new Map<string, number>();
  let sent = 0;
  const call = async () => {
    const id = String(sent++);
    const { method } = one;
    const body = method === 'POST' ? { body: `body ${id}` } : {};
    const answer = await request(gateway.url, { method, dispatcher: agent, headers: { 'x-test-id': id }, ...body });
    await answer.body.text();
    if (answer.statusCode !== 200)
      faults.set(String(answer.statusCode), (faults.get(String(answer.statusCode)) ?? 0) + 1);
  };
  const caller = async () => {
    await wait(Math.random() * 1_000);
    for (let round = 0; round < one.rounds; round++) {
      await call();
      await wait(within(one.gap));
    }
  };
  await Promise.all(Array.from({ length: one.callers }, caller));
  const twice = [...upstream.seen.values()].filter((times) => times > 1).length;
  return { one, sent, faults, arrived: upstream.seen.size, twice, closed: upstream.closed() };
}

it('an upstream closes silent connections around the moment of 10,000 requests: no error, no POST twice', {
  timeout: 180_000,
}, async (context) => {
  const lag = monitorEventLoopDelay();
  lag.enable();
  const results = await Promise.all(CASES.map(run));
  lag.disable();
  expect(results).toHaveLength(6);
  const stoodStillMs = Math.round(lag.max / 1e6);
  // Gateway and upstream live in this process: what is silent for a second to one is silent for longer to the other then.
  if (stoodStillMs > MOST_LAG_MS && results.some(({ one, faults }) => !one.mayFail && faults.size > 0))
    context.skip(`this machine stood still for ${stoodStillMs} ms, so nothing can be said about moments`);
  for (const { one, sent, faults, arrived, twice, closed } of results) {
    const what = JSON.stringify(one);
    console.info(`${what}: ${closed} closed by the upstream, faults ${JSON.stringify([...faults])}, twice ${twice}`);
    expect(sent, what).toBe(one.callers * one.rounds);
    if (one.mayFail)
      expect(
        [...faults.keys()].every((status) => status === '502'),
        what,
      ).toBe(true);
    else {
      expect([...faults], what).toEqual([]);
      expect(arrived, what).toBe(sent);
    }
    if (one.method === 'POST') expect(twice, what).toBe(0);
    // The race did take place; before five seconds the gateway itself has given the connection up.
    else if (one.idle !== NODE_DEFAULT) expect(closed, what).toBeGreaterThan(0);
  }
});
