import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';

type Options = { data?: string; console?: string; gateway?: string; workers?: string };

export function startCommand(finish: (code: number) => void): Command {
  const command = newCommand('start', 'Run control plane and gateway on this machine until Ctrl-C')
    .option(...DATA_OPTION)
    .option('--console <host:port>', 'address of the console (default: 127.0.0.1:4400)')
    .option('--gateway <host:port>', 'address of the gateway (default: 127.0.0.1:8080)')
    .option('--workers <count>', 'threads of the gateway: 1 to 16, or auto (default: 1)');
  return withExamples(command, ['start', 'start --console 127.0.0.1:4500 --gateway :80']).action(
    async (options: Options) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { readSettings } = await import('../../app/settings.ts');
      const { startInstallation } = await import('../../app/supervisor/start.ts');
      const paths = dataPaths(options.data);
      finish(await startInstallation({ paths, settings: readSettings(paths, options) }));
    },
  );
}
