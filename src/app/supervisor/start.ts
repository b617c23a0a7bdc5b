import { AppError } from '../../platform/app-error.ts';
import { type DataPaths, makePrivateFolder } from '../paths.ts';
import { stopOnSignals } from '../process/stop-signals.ts';
import { refuseWhenRunning } from '../running-file.ts';
import { prepareSecrets } from '../secrets.ts';
import { formatAddress, type Settings } from '../settings.ts';
import { freeAddress } from './free-port.ts';
import { openLogFile } from './log-file.ts';
import { keepRunning, type RoleProcess } from './role-process.ts';

export type InstallationOptions = {
  paths: DataPaths;
  settings: Settings;
  /** Runs the practice shop beside it. */
  practice?: boolean;
  /** Called once both roles answer; what it returns is called before they stop. */
  onReady?(addresses: { console: string; gateway: string }): Promise<() => Promise<void>>;
};

const GATEWAY_GRACE_MS = 3_000;
const CONTROL_PLANE_GRACE_MS = 1_500;

/**
 * Runs control plane and gateway as child processes until Ctrl-C, and says where they are once both answer. Resolves with the
 * exit code. Throws when one of them cannot start; the other is stopped then.
 */
export async function startInstallation(options: InstallationOptions): Promise<number> {
  const { paths, settings } = options;
  makePrivateFolder(paths.folder);
  await refuseWhenRunning(paths.running, 'it cannot be started a second time');
  const consoleAt = await freeAddress(settings.console, 'the console', '--console');
  const gatewayAt = await freeAddress(settings.gateway, 'the gateway', '--gateway');
  const logs = [openLogFile(paths.logs, 'control-plane'), openLogFile(paths.logs, 'gateway')] as const;
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const { gatewayToken } = prepareSecrets(paths);
  const controlPlane = keepRunning({
    name: 'control plane',
    args: [
      'control-plane',
      '--data',
      paths.folder,
      '--console',
      formatAddress(consoleAt),
      '--gateway',
      formatAddress(gatewayAt),
      ...(options.practice === true ? ['--practice'] : []),
    ],
    log: logs[0],
    say,
  });
  const gateway = keepRunning({
    name: 'gateway',
    args: [
      'gateway',
      '--control-plane',
      `http://${reachable(consoleAt)}`,
      '--listen',
      formatAddress(gatewayAt),
      '--data',
      paths.gateway,
      '--workers',
      String(settings.workers),
    ],
    env: { NIGHTLATCH_GATEWAY_TOKEN: gatewayToken },
    log: logs[1],
    say,
  });
  let afterReady: (() => Promise<void>) | null = null;
  const failed = Promise.withResolvers<never>();
  announce(controlPlane, gateway, options)
    .then((stop) => {
      afterReady = stop;
    })
    .catch(failed.reject);
  const stop = async (): Promise<void> => {
    await afterReady?.();
    await gateway.stop(GATEWAY_GRACE_MS);
    await controlPlane.stop(CONTROL_PLANE_GRACE_MS);
    for (const log of logs) log.close();
  };
  process.once('exit', () => {
    controlPlane.kill();
    gateway.kill();
  });
  const stopped = stopOnSignals(async () => {
    say('Stopping …');
    await stop();
    say('Stopped.');
  });
  try {
    return await Promise.race([stopped, failed.promise]);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function announce(controlPlane: RoleProcess, gateway: RoleProcess, options: InstallationOptions) {
  const office = await controlPlane.ready;
  const door = await gatewayReady(gateway);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const addresses = { console: office.addresses[0] ?? '', gateway: door.addresses[0] ?? '' };
  print(`Console: ${addresses.console}`);
  print(`Gateway: ${addresses.gateway}`);
  if (office.setupCode !== null) print(`Set-up code: ${office.setupCode}   (asked for once, in the console)`);
  const stop = (await options.onReady?.(addresses)) ?? (async () => {});
  print('Ctrl-C stops both.');
  return stop;
}

const GATEWAY_WITHIN_MS = 20_000;

function gatewayReady(gateway: RoleProcess): RoleProcess['ready'] {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new AppError('gateway-not-ready', 'The gateway did not open its address.', {
          next: 'The reason is at the end of logs/gateway.log in the data folder.',
        }),
      ),
    GATEWAY_WITHIN_MS,
  );
  return Promise.race([gateway.ready, late.promise]).finally(() => clearTimeout(timer));
}

/** An address to call for one that is listened on: every address is reached at the loopback one. */
function reachable(address: { host: string; port: number }): string {
  const any = address.host === '' || address.host === '0.0.0.0' || address.host === '::';
  return formatAddress(any ? { host: '127.0.0.1', port: address.port } : address);
}
