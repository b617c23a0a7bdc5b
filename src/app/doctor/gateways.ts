import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FrontDoorState } from '../../contracts/api/front-door.ts';
import { withInstallation } from '../client/installation.ts';
import type { DataPaths } from '../paths.ts';
import { accepts, type Running } from '../running-file.ts';
import type { Finding } from './health.ts';

type GatewayState = FrontDoorState['gateways'][number];

const LARGE_BACKLOG_BYTES = 100 * 1024 * 1024;

/** Whether gateways are connected, on the current configuration, reachable, and rid of their events. */
export async function examineGateways(paths: DataPaths, running: Running | null): Promise<Finding[]> {
  const findings = backlog(paths);
  if (running === null) return findings;
  const state = await withInstallation(paths, (installation) =>
    installation.call('GET', '/api/front-door', FrontDoorState),
  );
  if (state.gateways.length === 0) {
    findings.unshift({
      check: 'gateway',
      state: 'fail',
      message: 'None has reported yet.',
      next: 'Start one: "nightlatch start" runs both.',
    });
  }
  for (const gateway of state.gateways) findings.unshift(...(await examineOne(gateway, state.revision)));
  if (state.lock.locked) {
    findings.push({
      check: 'lock',
      state: 'warn',
      message: `The emergency lock is on since ${state.lock.since}.`,
      next: 'Open with "nightlatch unlock".',
    });
  }
  return findings;
}

async function examineOne(gateway: GatewayState, revision: number): Promise<Finding[]> {
  const check = 'gateway';
  if (!gateway.connected) {
    return [
      {
        check,
        state: 'fail',
        message: `${gateway.id} is not connected; last seen ${gateway.lastSeenAt}.`,
        next: 'Start it again.',
      },
    ];
  }
  const findings: Finding[] = [];
  if (gateway.refused !== null) {
    findings.push({
      check,
      state: 'fail',
      message: `It refused revision ${gateway.refused.revision}: ${gateway.refused.message}`,
    });
  } else if (gateway.appliedRevision !== revision) {
    findings.push({
      check,
      state: 'fail',
      message: `It runs revision ${gateway.appliedRevision ?? 'none'} and not the current ${revision}.`,
    });
  } else {
    findings.push({ check, state: 'ok', message: `Connected, on the current revision ${revision}.` });
  }
  for (const reason of gateway.closed) {
    findings.push({
      check: 'secret',
      state: 'fail',
      message: `What needs it stays closed. ${reason}`,
      next: 'Put the secret there, then start the gateway again or save any change.',
    });
  }
  for (const address of gateway.addresses) {
    if (await accepts(address)) findings.push({ check, state: 'ok', message: `${address} answers.` });
    else findings.push({ check, state: 'warn', message: `${address} does not answer from here.` });
  }
  if (gateway.droppedEvents > 0) {
    findings.push({
      check: 'record',
      state: 'warn',
      message: `${gateway.droppedEvents} events were lost, as its disk or spool was full.`,
    });
  }
  return findings;
}

/** Events of the local gateway that lie on disk. Delivered ones are removed with their segment. */
function backlog(paths: DataPaths): Finding[] {
  const spool = join(paths.gateway, 'spool');
  if (!existsSync(spool)) return [];
  const bytes = readdirSync(spool).reduce((sum, name) => sum + statSync(join(spool, name)).size, 0);
  const message = `${(bytes / 1024 ** 2).toFixed(1)} MiB in the spool of the gateway.`;
  if (bytes < LARGE_BACKLOG_BYTES) return [{ check: 'record', state: 'ok', message }];
  return [
    { check: 'record', state: 'warn', message, next: 'The control plane takes events too slowly, or not at all.' },
  ];
}
