import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { readEvents } from './start-gateway.ts';

type ConfigInput = Omit<GatewayConfig, 'version'>;

/** The real program with several workers on a configuration file. */
export async function startWorkers(config: ConfigInput, workers = 2, env: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const [port, admin] = [await freePort(), await freePort()];
  const file = join(folder, 'nightlatch.yaml');
  const data = join(folder, 'data');
  const write = (next: ConfigInput) => {
    const server = { listen: [`127.0.0.1:${port}`], ...next.server };
    writeFileSync(file, JSON.stringify({ version: 1, ...next, server }));
  };
  write(config);
  const args = ['gateway', '--config', file, '--data', data, '--admin', `127.0.0.1:${admin}`];
  const start = async (count: number) => {
    const gateway = startNightlatch([...args, '--workers', String(count)], { env });
    await gateway.says('Health and metrics', 20_000);
    return gateway;
  };
  return {
    ...{ port, data, args, write, start },
    url: `http://127.0.0.1:${port}`,
    gateway: await start(workers),
    ask: (path: string) => fetch(`http://127.0.0.1:${admin}${path}`),
    metric: async (name: string) => {
      const text = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(`${name} `));
      return line === undefined ? null : Number(line.slice(name.length + 1));
    },
    events: () => readEvents(data),
  };
}

/** One request on a connection of its own: which worker takes it is the operating system's choice. */
export function callAlone(
  port: number,
  head: string,
  body = '',
): Promise<{ status: number; text: string; socket: Socket }> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  socket.write(`${head}\r\nHost: a\r\n${length}\r\n${body}`);
  let text = '';
  return new Promise((resolve) => {
    const end = () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, socket });
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\r\n\r\n')) end();
    });
    socket.on('close', end);
    socket.on('error', end);
  });
}

export const statusesOfAll = async (calls: Promise<{ status: number }>[]): Promise<Record<number, number>> => {
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(calls)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
