import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function restoreCommand(): Command {
  const command = newCommand('restore', 'Put a backup in place of what is there; what is there is kept aside')
    .argument('<file>', 'made by "nightlatch backup", or a database copy from the folder "backups"')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['restore nightlatch.tar.gz', 'restore data/backups/before-0007-keys.db']).action(
    async (file: string, options: { data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { restoreBackup } = await import('../../app/backup/restore.ts');
      const restored = await restoreBackup(dataPaths(options.data), file);
      if (options.json) return printJson(restored);
      print(`Restored from ${file}.`);
      if (restored.keptAside !== null) print(`What was there before is kept in ${restored.keptAside}.`);
    },
  );
}
