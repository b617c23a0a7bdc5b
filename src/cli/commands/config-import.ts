import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function configImportCommand(): Command {
  const command = newCommand('import', 'Take a configuration file into the control plane and put it into service')
    .argument('<file>', 'the configuration')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['config import nightlatch.yaml']).action(
    async (file: string, options: { data?: string; json?: true }) => {
      const { readFileSync } = await import('node:fs');
      const { loadConfigFile } = await import('../../app/config-file.ts');
      const { dataPaths } = await import('../../app/paths.ts');
      const { changeWords } = await import('../../app/client/change-words.ts');
      const { withInstallation } = await import('../../app/client/installation.ts');
      // Judged here first, as the faults then name this file.
      loadConfigFile(file);
      const yaml = readFileSync(file, 'utf8');
      const result = await withInstallation(dataPaths(options.data), (installation) => installation.importConfig(yaml));
      if (options.json) return printJson(result);
      print(
        `Imported ${result.services} services, ${result.routes} routes, ${result.consumers} consumers and ${result.keys} keys.`,
      );
      print(changeWords(result.change));
    },
  );
}
