import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { note } from '../output.ts';

export function configExportCommand(): Command {
  const command = newCommand('export', 'Write what the control plane holds as a configuration file')
    .argument('[file]', 'where to; standard output when left out')
    .option(...DATA_OPTION);
  return withExamples(command, ['config export nightlatch.yaml', 'config export > nightlatch.yaml']).action(
    async (file: string | undefined, options: { data?: string }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { withInstallation } = await import('../../app/client/installation.ts');
      const yaml = await withInstallation(dataPaths(options.data), (installation) => installation.exportConfig());
      if (file === undefined) {
        process.stdout.write(yaml);
        return;
      }
      const { writePrivateFile } = await import('../../app/private-file.ts');
      writePrivateFile(file, yaml);
      note(`Written to ${file}.`);
    },
  );
}
