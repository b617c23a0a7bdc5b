import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

/** The real program on a configuration of its own, whose memory can be read (Linux; NaN elsewhere). */
export async function startRealGateway(config: Omit<GatewayConfig, 'version'>) {
  const folder = temporaryFolder();
  const [port, adminPort] = [await freePort(), await freePort()];
  const file = join(folder, 'nightlatch.json');
  const server = { listen: [`127.0.0.1:${port}`], ...config.server };
  writeFileSync(file, JSON.stringify({ version: 1, ...config, server }));
  const data = join(folder, 'data');
  const program = startNightlatch(['gateway', '--config', file, '--data', data, '--admin', `127.0.0.1:${adminPort}`]);
  await program.says('is in service', 20_000);
  const { pid } = program.child;
  const openConnections = async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    return Number(/^nightlatch_open_connections (\d+)$/m.exec(metrics)?.[1]);
  };
  return { url: `http://127.0.0.1:${port}`, port, data, openConnections, residentMB: () => residentMB(pid ?? 0) };
}

/** VmRSS of a process (proc(5)). */
function residentMB(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** Looks often while something happens; the most memory that the process had meanwhile, beyond what it had before, in MB. */
export async function growthWhile(gateway: { residentMB(): number }, work: () => Promise<unknown>): Promise<number> {
  const before = gateway.residentMB();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, gateway.residentMB());
  }, 20);
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  return Math.max(most, gateway.residentMB()) - before;
}
