import { type Command, Option } from 'commander';
import { newCommand, withExamples } from '../command.ts';

type Options = {
  listen?: string;
  config?: string;
  data?: string;
  admin?: string;
  controlPlane?: string;
  tokenFile?: string;
  workers?: string;
};

export function gatewayCommand(finish: (code: number) => void): Command {
  const command = newCommand('gateway', 'Run a gateway alone: on a configuration file, or under a control plane')
    .addOption(
      new Option('--config <file>', 'configuration to run on; read again when it changes, and on SIGHUP').conflicts(
        'controlPlane',
      ),
    )
    .option('--control-plane <url>', 'control plane to take the configuration from')
    .option('--token-file <file>', 'file with the gateway token (or NIGHTLATCH_GATEWAY_TOKEN)')
    .option('--listen <host:port>', 'with --control-plane: where to listen until it has answered')
    .option('--data <folder>', 'folder for spool, last configuration and lock (default: NIGHTLATCH_HOME, else ./data)')
    .option('--admin <host:port>', 'address for /healthz, /readyz and /metrics; never make it public')
    .option('--workers <count>', 'threads that serve on the same addresses: 1 to 16, or auto (default: 1)');
  return withExamples(command, [
    'gateway --config nightlatch.yaml',
    'gateway --config nightlatch.yaml --data /var/lib/nightlatch --admin 127.0.0.1:9400',
    'gateway --config nightlatch.yaml --workers auto',
    'gateway --control-plane http://10.0.0.5:4400 --token-file gateway.token',
  ]).action(async (options: Options) => {
    if (options.config === undefined && options.controlPlane === undefined) {
      command.error('error: name a configuration with --config FILE, or a control plane with --control-plane URL');
    }
    const { dataPaths } = await import('../../app/paths.ts');
    const { parseAddress } = await import('../../app/settings.ts');
    const admin = options.admin === undefined ? null : parseAddress(options.admin, '--admin');
    const { readWorkerCount } = await import('../../app/gateway-role/worker-count.ts');
    const workers = readWorkerCount(options.workers ?? '1', '--workers');
    const dataDir = dataPaths(options.data).folder;
    if (options.config !== undefined) {
      const { runStandaloneGateway } = await import('../../app/gateway-role/standalone.ts');
      finish(await runStandaloneGateway({ configFile: options.config, dataDir, admin, workers }));
    } else {
      const { readGatewayToken } = await import('../../app/gateway-role/gateway-token.ts');
      const { runConnectedGateway } = await import('../../app/gateway-role/connected.ts');
      const token = readGatewayToken(options.tokenFile);
      const listen = options.listen === undefined ? null : parseAddress(options.listen, '--listen');
      finish(await runConnectedGateway({ url: options.controlPlane ?? '', token, dataDir, admin, workers, listen }));
    }
  });
}
