import { accepts, type Running } from '../running-file.ts';
import { formatAddress, type Settings } from '../settings.ts';
import type { Finding } from './health.ts';

/** When nothing runs: whether the addresses that the next start wants are free. */
export async function examinePorts(settings: Settings, running: Running | null): Promise<Finding[]> {
  if (running !== null) return [];
  const wanted = [
    ['console', settings.console],
    ['gateway', settings.gateway],
  ] as const;
  const findings: Finding[] = [];
  for (const [what, address] of wanted) {
    const host = address.host === '' ? '127.0.0.1' : address.host;
    const taken = await accepts(`http://${formatAddress({ ...address, host })}`);
    findings.push(
      taken
        ? {
            check: 'ports',
            state: 'fail',
            message: `Port ${address.port}, meant for the ${what}, is taken by another program.`,
            next: `Stop that program, or choose another port with --${what}.`,
          }
        : { check: 'ports', state: 'ok', message: `${formatAddress(address)} is free for the ${what}.` },
    );
  }
  return findings;
}
