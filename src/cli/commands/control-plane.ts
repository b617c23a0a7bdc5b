import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';

type Options = { data?: string; console?: string; gateway?: string; practice?: true };

export function controlPlaneCommand(finish: (code: number) => void): Command {
  const command = newCommand('control-plane', 'Run the control plane alone: console, API, jobs, database')
    .option(...DATA_OPTION)
    .option('--console <host:port>', 'address of console and API (default: 127.0.0.1:4400)')
    .option('--gateway <host:port>', 'address that gateways listen on (default: 127.0.0.1:8080)')
    .option('--practice', 'say in the console that this is the practice shop');
  return withExamples(command, [
    'control-plane',
    'control-plane --data /var/lib/nightlatch --console 127.0.0.1:4400 --gateway :80',
  ]).action(async (options: Options) => {
    const { dataPaths } = await import('../../app/paths.ts');
    const { readSettings } = await import('../../app/settings.ts');
    const { runControlPlane } = await import('../../app/control-plane/run.ts');
    const paths = dataPaths(options.data);
    finish(
      await runControlPlane({ paths, settings: readSettings(paths, options), practice: options.practice === true }),
    );
  });
}
